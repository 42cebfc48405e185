import { useEffect, useRef } from 'react'
import styles from '../try-tab.module.css'

/** A chosen picture, small. */
export function PictureThumbnail({ picture, name }: { picture: ImageBitmap; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(picture, 0, 0)
  }, [picture])
  return (
    <canvas
      key={name}
      ref={canvas}
      className={styles.thumbnail}
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={`Preview of ${name}`}
    />
  )
}
