import type { PictureShape } from './image-tensor.ts'

const channelWords: Record<number, string> = { 1: 'grey', 3: 'RGB', 4: 'RGBA' }

/** What is done to a picture of this size in pixels: `from 640×480, stretched to 224×224, RGB, (value − 127.5) ÷ 127.5`. */
export function pictureWords(from: { width: number; height: number }, shape: PictureShape): string {
  const { width, height, channels, means, scales } = shape
  const stretched =
    from.width === width && from.height === height
      ? `${width}×${height} as it is`
      : `from ${from.width}×${from.height}, stretched to ${width}×${height}`
  return [stretched, channelWords[channels] ?? `${channels} channels`, valueWords(means, scales)].join(', ')
}

function valueWords(means: readonly number[], scales: readonly number[]): string {
  const shifted = means.some((mean) => mean !== 0) ? `(value − ${list(means)})` : 'value'
  const scaled = scales.some((scale) => scale !== 1) ? `${shifted} ÷ ${list(scales)}` : shifted
  return scaled === 'value' ? 'values from 0 to 255' : scaled
}

/** One number, or one for each channel. */
function list(numbers: readonly number[]): string {
  const [first] = numbers
  return numbers.every((number) => number === first) ? String(first) : `[${numbers.join(', ')}]`
}
