import { useComputedColorScheme } from '@mantine/core'
import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import styles from '../graph-tab.module.css'
import { inkOf } from './ink.ts'
import { type Painted, paint } from './paint.ts'

/** The painted part of a large graph, behind the boxes that are real elements. It follows every move of the view. */
export function FarView(painted: Painted) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const store = useStoreApi()
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ink = inkOf(element)
    let frame = 0
    const repaint = () => {
      frame = 0
      const { width, height, transform } = store.getState()
      const [x, y, zoom] = transform
      const ratio = window.devicePixelRatio
      const size = { width: Math.round(width * ratio), height: Math.round(height * ratio) }
      if (element.width !== size.width) element.width = size.width
      if (element.height !== size.height) element.height = size.height
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.clearRect(0, 0, width, height)
      paint(context, { x, y, zoom, width, height }, painted, ink)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(repaint)
    }
    soon()
    const leave = store.subscribe(({ transform, width, height }, before) => {
      if (transform !== before.transform || width !== before.width || height !== before.height) soon()
    })
    return () => {
      leave()
      cancelAnimationFrame(frame)
    }
  }, [store, scheme, painted.drawing, painted.chosen, painted.boxes, painted.holdsGraphs])
  return <canvas ref={canvas} className={styles.far} aria-hidden />
}
