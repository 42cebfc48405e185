import { useComputedColorScheme } from '@mantine/core'
import { useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useEffect, useMemo, useRef } from 'react'
import type { Drawing } from './drawing.ts'
import { inkOf } from './ink.ts'
import styles from './overview.module.css'
import { overviewScale } from './overview-scale.ts'
import { shownArea } from './paint.ts'
import { READABLE } from './use-near-boxes.ts'

/** The smallest frame that the pointer still finds, in pixels. */
const LEAST_FRAME = 8

/**
 * The whole graph at a glance, with a frame around the part that is seen; the frame follows the pointer. The keyboard has walking and
 * searching for that, and who does not see the picture needs no map of it.
 */
export function Overview({ drawing }: { drawing: Drawing }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const flow = useReactFlow()
  const scheme = useComputedColorScheme('light')
  const [x, y, zoom] = useStore(({ transform }) => transform)
  const viewWidth = useStore(({ width }) => width)
  const viewHeight = useStore(({ height }) => height)
  const { extent } = drawing
  const scale = useMemo(() => overviewScale(extent), [extent])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ratio = window.devicePixelRatio
    element.width = scale.width * ratio
    element.height = scale.height * ratio
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    const ink = inkOf(element)
    for (const { box, place } of drawing.boxes) {
      context.fillStyle = box.kind === 'input' || box.kind === 'output' ? ink.accent : ink.plain
      const width = Math.max(1, place.width * scale.across)
      const height = Math.max(0.6, place.height * scale.down)
      context.fillRect((place.x - extent.left) * scale.across, (place.y - extent.top) * scale.down, width, height)
    }
  }, [drawing, extent, scale, scheme])

  const area = shownArea({ x, y, zoom, width: viewWidth, height: viewHeight })
  // Before the room is measured the frame would stand anywhere.
  const isMeasured = viewWidth > 0 && viewHeight > 0
  const isWhole =
    area.left <= extent.left && area.right >= extent.right && area.top <= extent.top && area.bottom >= extent.bottom
  const side = (from: number, to: number, per: number, size: number) => {
    const begin = Math.min(Math.max(from * per, 0), size - LEAST_FRAME)
    return { begin, length: Math.min(Math.max(to * per - begin, LEAST_FRAME), size - begin) }
  }
  const across = side(area.left - extent.left, area.right - extent.left, scale.across, scale.width)
  const down = side(area.top - extent.top, area.bottom - extent.top, scale.down, scale.height)

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const to = {
      x: extent.left + (event.clientX - box.left - event.currentTarget.clientLeft) / scale.across,
      y: extent.top + (event.clientY - box.top - event.currentTarget.clientTop) / scale.down,
    }
    void flow.setCenter(to.x, to.y, { zoom })
  }
  return (
    <div
      className={styles.overview}
      data-overview
      aria-hidden
      hidden={!isMeasured || (isWhole && zoom >= READABLE)}
      style={{ width: scale.width, height: scale.height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && go(event)}
    >
      <canvas ref={canvas} className={styles.map} />
      <div
        className={styles.frame}
        style={{ left: across.begin, top: down.begin, width: across.length, height: down.length }}
      />
    </div>
  )
}
