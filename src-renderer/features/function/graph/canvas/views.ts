import { getViewportForBounds } from '@xyflow/react'
import type { Place } from '../layout/layout.ts'
import type { Drawing } from './drawing.ts'

type Size = { width: number; height: number }

const MARGIN = 40
const PADDING = 0.1
/** A picture below this size is better shown in part. */
const READABLE = 0.75

/** A small graph is drawn somewhat larger in a wide window, rather than alone in much space. */
const fullZoom = ({ width }: Size): number => (width > 1300 ? 1.25 : 1)

const boundsOf = ({ extent: { left, top, right, bottom } }: Drawing) => ({
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
})

/** The whole picture in the middle. */
export const wholeView = (drawing: Drawing, size: Size) =>
  getViewportForBounds(boundsOf(drawing), size.width, size.height, 0.0001, fullZoom(size), PADDING)

/** A point of the picture in the middle. */
export const centredView = ({ x, y }: { x: number; y: number }, { width, height }: Size, zoom: number) => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
})

/** As far away as the whole picture needs. */
export const smallestZoom = (drawing: Drawing, size: Size): number => Math.min(0.02, wholeView(drawing, size).zoom)

/** Whole pictures below this size can only be looked at, not read. */
const RECOGNISABLE = 0.4
/** Then they shall fill this share of the room at least in either direction; less is a thread and no picture. */
const THREAD = 0.25

/** The whole picture in the middle; of one so long that it would be a thread, its beginning, readable. */
export function fittingView(drawing: Drawing, size: Size) {
  const whole = wholeView(drawing, size)
  const { width, height } = boundsOf(drawing)
  const share = Math.min(width / size.width, height / size.height) * whole.zoom
  return whole.zoom < RECOGNISABLE && share < THREAD ? openingView(drawing, size) : whole
}

/** Small graphs whole; of large ones the top with the first input, readable, and as wide as they are where that can be read. */
export function openingView(drawing: Drawing, size: Size) {
  const whole = wholeView(drawing, size)
  if (whole.zoom >= READABLE) return whole
  const { left, right, top } = drawing.extent
  const input = drawing.boxes.find(({ box }) => box.kind === 'input')
  const highest = drawing.boxes.find(({ place }) => place.y === top)
  const start: Place = (input ?? highest)?.place ?? { x: left, y: top, width: right - left, height: 0 }
  const across = (size.width - 2 * MARGIN) / (right - left)
  const zoom = across < READABLE ? fullZoom(size) : Math.min(fullZoom(size), across)
  const half = size.width / zoom / 2 - MARGIN
  const wanted = start.x + start.width / 2
  const centre = right - left < 2 * half ? (left + right) / 2 : Math.min(Math.max(wanted, left + half), right - half)
  return { x: size.width / 2 - centre * zoom, y: MARGIN - start.y * zoom, zoom }
}
