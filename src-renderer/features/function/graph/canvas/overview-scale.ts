import type { Area } from './drawing.ts'

const LARGEST = { width: 128, height: 176 }
/** A graph is often a hundred times as high as wide; it is drawn this wide at least, as there would be nothing to see. */
const LEAST = 36

/** How a picture fits its overview: the size in pixels, and pixels for each unit of the picture in both directions. */
export function overviewScale({ left, top, right, bottom }: Area) {
  const wide = Math.max(1, right - left)
  const high = Math.max(1, bottom - top)
  const fit = Math.min(LARGEST.width / wide, LARGEST.height / high)
  const width = Math.max(LEAST, Math.round(wide * fit))
  const height = Math.max(LEAST, Math.round(high * fit))
  return { width, height, across: width / wide, down: height / high }
}
