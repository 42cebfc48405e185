import { elementCount } from '../../util/tensor.ts'
import { bytesOfElements } from './element-type.ts'
import type { GraphValue } from './inspection.ts'

/** How the inputs of a run are sent: as JSON, or as numpy's arrays. */
export type RunFormat = 'json' | 'npz' | 'npy'

const MEBIBYTE = 1024 * 1024
/** Bytes that the inputs of any model may take. */
export const RUN_BASE = MEBIBYTE
/** Bytes that they may take where the model does not say how large its inputs are. */
export const RUN_MOST: Readonly<Record<RunFormat, number>> = {
  json: 64 * MEBIBYTE,
  npz: 256 * MEBIBYTE,
  npy: 256 * MEBIBYTE,
}

/** Bytes of JSON for a number: all digits of a double, and a line of its own, indented. */
const JSON_NUMBER = 64
/** Bytes of the widest number: numpy's arrays may be of another type than the model's. */
const WIDEST = 8

/** The most bytes that a run of a model with these inputs can need. */
export function mostRunBytes(inputs: readonly GraphValue[], format: RunFormat): number {
  const each = format === 'json' ? JSON_NUMBER : WIDEST
  const sizes = inputs.map(({ Kind, ElementType, Shape }) => {
    const isSized = Kind === 'tensor' && bytesOfElements(ElementType, 1) !== null
    const known = Shape?.filter((size) => typeof size === 'number')
    return isSized && known !== undefined && known.length === Shape?.length ? elementCount(known) * each : Infinity
  })
  return Math.min(RUN_MOST[format], RUN_BASE + sizes.reduce((sum, size) => sum + size, 0))
}
