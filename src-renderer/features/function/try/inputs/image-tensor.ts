import type { RunInput } from '../../../../../src-contract/contract/models/run.ts'
import { base64Of } from './base64.ts'
import { type PictureShape, pictureWords } from './picture-shape.ts'

/** Lays RGBA pixels out as the model wants them: (value − mean) / scale, grey where it has one channel. */
export function pixelsToTensor(pixels: Uint8ClampedArray, shape: PictureShape): Float32Array<ArrayBuffer> {
  const { width, height, channels, order, means, scales } = shape
  const area = width * height
  const tensor = new Float32Array(area * channels)
  for (let pixel = 0; pixel < area; pixel += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 255] = pixels.subarray(pixel * 4, pixel * 4 + 4)
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue
    for (let channel = 0; channel < channels; channel += 1) {
      const raw = channels === 1 ? grey : ([red, green, blue, alpha][channel] ?? 0)
      const value = (raw - (means[channel] ?? means[0] ?? 0)) / (scales[channel] ?? scales[0] ?? 1)
      tensor[order === 'NCHW' ? channel * area + pixel : pixel * channels + channel] = value
    }
  }
  return tensor
}

/** The nearest bytes: what a mean or a scale leads out of their range ends at its edge, and does not begin again at the other. */
export const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(Uint8ClampedArray.from(values).buffer)

/** An input made of a picture, what was done to that, and the picture itself, small. */
export type PictureInput = { made: RunInput; note: string; thumbnail: ImageBitmap }

/** Longest side of a preview, in pixels. */
const THUMBNAIL = 144

/** The picture in its own proportions, no larger than a preview. */
function thumbnailOf(picture: ImageBitmap): Promise<ImageBitmap> {
  const scale = Math.min(1, THUMBNAIL / Math.max(picture.width, picture.height))
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return createImageBitmap(picture, {
    resizeWidth: side(picture.width),
    resizeHeight: side(picture.height),
    resizeQuality: 'medium',
  })
}

/** Turns a picture into an input of a run, stretched to the size that the model wants. @throws Error with a sentence */
export async function imageInput(file: File, shape: PictureShape, elementType: string): Promise<PictureInput> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file)
  } catch {
    throw new Error(`${file.name} is not a readable image.`)
  }
  const { width, height, channels, order } = shape
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('Images cannot be drawn here.')
  context.drawImage(picture, 0, 0, width, height)
  const tensor = pixelsToTensor(context.getImageData(0, 0, width, height).data, shape)
  const Shape = order === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels]
  const thumbnail = await thumbnailOf(picture)
  const note = pictureWords(picture, shape)
  picture.close()
  return { made: { ElementType: elementType, Shape, Data: dataOf(tensor, elementType) }, note, thumbnail }
}

/** Bytes in base64 where the API takes them so, else numbers. */
function dataOf(tensor: Float32Array<ArrayBuffer>, elementType: string): string | number[] {
  if (elementType === 'uint8') return base64Of(bytesOf(tensor))
  return elementType === 'float' ? base64Of(new Uint8Array(tensor.buffer)) : [...tensor]
}
