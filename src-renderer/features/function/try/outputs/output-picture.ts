/** Where a picture is in a tensor: one of 1, 3 or 4 channels, channels first or last. */
export type PictureLayout = { width: number; height: number; channels: number; order: 'first' | 'last' }

const SMALLEST = 8
const LARGEST = 4_096
const isSide = (size: number | undefined): size is number => size !== undefined && size >= SMALLEST && size <= LARGEST
const isChannels = (size: number | undefined): size is number => size === 1 || size === 3 || size === 4

/** How an output can be seen as a picture; null where it is none. Only the first of a batch is shown. */
export function pictureLayout(shape: readonly number[]): PictureLayout | null {
  const [batch, ...rest] = shape.length === 4 ? shape : [1, ...shape]
  if (batch === undefined || batch < 1) return null
  const [first, second, third] = rest
  if (rest.length === 2 && isSide(first) && isSide(second))
    return { width: second, height: first, channels: 1, order: 'first' }
  if (rest.length !== 3) return null
  if (isChannels(first) && isSide(second) && isSide(third))
    return { width: third, height: second, channels: first, order: 'first' }
  if (isSide(first) && isSide(second) && isChannels(third))
    return { width: second, height: first, channels: third, order: 'last' }
  return null
}

/** RGBA pixels of the first picture, its values stretched from the smallest (black) to the largest; what is not finite is black. */
export function picturePixels(values: readonly number[], layout: PictureLayout): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, channels, order } = layout
  const area = width * height
  const shown = values.slice(0, area * channels)
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of shown) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const scale = high > low ? 255 / (high - low) : 0
  const pixels = new Uint8ClampedArray(area * 4)
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const source = channels === 1 ? 0 : channel
      const value = shown[order === 'first' ? source * area + pixel : pixel * channels + source] ?? low
      pixels[pixel * 4 + channel] = Number.isFinite(value) ? (value - low) * scale : 0
    }
    pixels[pixel * 4 + 3] = 255
  }
  return pixels
}
