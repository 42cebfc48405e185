import { z } from 'zod'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'

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
