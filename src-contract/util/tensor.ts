import { Problem } from '../contract/admin/problem.ts'
import { bytesOfElements, type ElementType } from '../contract/models/element-type.ts'

/**
 * A tensor's values in row-major order. Numbers are raw and little-endian as in ONNX's `raw_data` (types below a byte are packed,
 * the first element in the low bits; a bool is a byte), strings are an array. Machines of the other endianness are not supported.
 */
export type Tensor = { type: ElementType; shape: readonly number[]; data: Uint8Array | readonly string[] }

/** Bytes that one tensor may have: what fits JavaScript's buffers and processes' messages without trouble. */
export const TENSOR_LIMIT = 1024 ** 3

/** Number of elements; Infinity where it is beyond what a number can hold. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/**
 * Bytes of a tensor of this type and shape (one per element for strings).
 * @throws Problem too-large, before anything is allocated
 */
export function tensorBytes(type: ElementType, shape: readonly number[], field?: string): number {
  const count = elementCount(shape)
  const bytes = bytesOfElements(type, count) ?? count
  if (!(bytes <= TENSOR_LIMIT)) {
    throw new Problem(
      'too-large',
      `A tensor of shape ${showShape(shape)} is too large: at most 1 GiB is possible.`,
      field === undefined ? {} : { field },
    )
  }
  return bytes
}

/** A shape as people write it: `[1, 3, N]`. */
export function showShape(shape: readonly (number | string)[]): string {
  return `[${shape.map((size) => (size === '' ? '?' : size)).join(', ')}]`
}
