import type { Dimension, GraphValue, Inspection } from '../../../src-contract/contract/models/inspection.ts'

/** The order of an image's axes, by the numbers that `InputDriverDetails` has for it. */
const axisOrder = { nchw: 0, nhwc: 1 } as const

/** An input that takes images. Sizes are pixels, null where the model leaves them open. */
export type ImageInput = {
  name: string
  channels: number
  height: number | null
  width: number | null
  order: (typeof axisOrder)[keyof typeof axisOrder]
}

/** Sides below this are kernels, masks or heads, not pictures. */
const smallestSide = 8

/** The first input that looks like an image: four axes, with 1, 3 or 4 channels; null where there is none. */
export function imageInput(report: Pick<Inspection, 'Inputs'>): ImageInput | null {
  for (const input of report.Inputs) {
    const image = input.Initialized ? null : asImage(input)
    if (image !== null) return image
  }
  return null
}

/**
 * `InputDriverDetails` of the driver `vision` for a model: means of 0 and scales of 1, since a model's file does not say how
 * its images were normalized. Sides that the model leaves open are left out; null where no input takes images.
 */
export function visionDriverDetails(report: Pick<Inspection, 'Inputs'>): Record<string, number | number[]> | null {
  const image = imageInput(report)
  if (image === null) return null
  const { channels, height, width, order } = image
  return {
    channels,
    ...(height === null ? {} : { height }),
    ...(width === null ? {} : { width }),
    means: new Array<number>(channels).fill(0),
    vars: new Array<number>(channels).fill(1),
    order,
  }
}

function asImage(input: GraphValue): ImageInput | null {
  const { Kind, Shape, ElementType } = input
  if (Kind !== 'tensor' || Shape?.length !== 4 || ElementType === 'bool' || ElementType === 'string') return null
  const [, second = null, third = null, fourth = null] = Shape
  const last = isChannels(fourth) && (!isChannels(second) || (second === 1 && fourth !== 1))
  const [channels, height, width] = last ? [fourth, second, third] : [second, third, fourth]
  if (!isChannels(channels)) return null
  const sides = { height: side(height), width: side(width) }
  if (sides.height === 'small' || sides.width === 'small') return null
  // An attention mask is batch × 1 × length × length: one channel of open size needs a name that speaks of pictures.
  const open = sides.height === null || sides.width === null
  if (open && channels === 1 && !/ima?ge?|pixel|photo|frame|picture/i.test(input.Name)) return null
  return {
    name: input.Name,
    channels,
    height: sides.height,
    width: sides.width,
    order: last ? axisOrder.nhwc : axisOrder.nchw,
  }
}

function isChannels(size: Dimension): size is 1 | 3 | 4 {
  return size === 1 || size === 3 || size === 4
}

function side(size: Dimension): number | null | 'small' {
  if (typeof size !== 'number' || size < 0) return null
  return size < smallestSide ? 'small' : size
}
