import { useEffect, useRef } from 'react'
import { type PictureLayout, picturePixels } from '../outputs/output-picture.ts'
import styles from '../try-tab.module.css'

/** An output drawn as the picture that it is. */
export function PicturePreview({
  values,
  layout,
  name,
}: {
  values: readonly number[]
  layout: PictureLayout
  name: string
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = layout
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.putImageData(new ImageData(picturePixels(values, layout), width, height), 0, 0)
  }, [values, layout, width, height])
  return (
    <figure className={styles.figureOf}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        className={styles.picture}
        role="img"
        aria-label={`${name} as a picture, ${width} by ${height}`}
      />
      <figcaption className="quiet">
        {width} × {height}, from the smallest value (black) to the largest
      </figcaption>
    </figure>
  )
}
