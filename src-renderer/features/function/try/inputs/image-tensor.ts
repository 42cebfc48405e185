import { z } from 'zod'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunInput } from '../../../../../src-contract/contract/models/run.ts'
import { base64Of } from './base64.ts'
import { pictureWords } from './picture-words.ts'

/** How pixels become numbers (contract.md 2, the vision driver): order 0 is NCHW, 1 is NHWC. */
const Vision = z.object({
  width: z.number().optional().catch(undefined),
  height: z.number().optional().catch(undefined),
  channels: z.number().optional().catch(undefined),
  order: z.number().optional().catch(undefined),
  means: z.array(z.number()).optional().catch(undefined),
  vars: z.array(z.number()).optional().catch(undefined),
})

export type PictureShape = {
  width: number
  height: number
  channels: number
  order: 'NCHW' | 'NHWC'
  means: number[]
  scales: number[]
}

const USUAL_SIDE = 224

/** What a picture has to become for an input, or null where the input takes no picture. */
export function pictureShape(input: GraphValue, details: FunctionDetail['InputDriverDetails']): PictureShape | null {
  if (input.Kind !== 'tensor' || input.Shape?.length !== 4) return null
  if (!['float', 'float16', 'double', 'uint8'].includes(input.ElementType)) return null
  const size = (axis: number) => {
    const value = input.Shape?.[axis]
    return typeof value === 'number' && value > 0 ? value : undefined
  }
  const vision = Vision.parse(details)
  const isChannels = (value: number | undefined) => value === 1 || value === 3 || value === 4
  const last = isChannels(size(3)) && !isChannels(size(1))
  const order = vision.order === 1 || (vision.order === undefined && last) ? 'NHWC' : 'NCHW'
  const channels = (order === 'NCHW' ? size(1) : size(3)) ?? vision.channels ?? 3
  if (!isChannels(channels)) return null
  return {
    channels,
    order,
    height: (order === 'NCHW' ? size(2) : size(1)) ?? vision.height ?? USUAL_SIDE,
    width: (order === 'NCHW' ? size(3) : size(2)) ?? vision.width ?? USUAL_SIDE,
    means: vision.means ?? [0],
    scales: vision.vars ?? (input.ElementType === 'uint8' ? [1] : [255]),
  }
}

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
    throw new Error(`${file.name} is not a picture that can be read.`)
  }
  const { width, height, channels, order } = shape
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (!context) throw new Error('Pictures cannot be drawn here.')
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
