import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { elementCount, type Tensor, tensorBytes } from '../../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from './element-codec.ts'

/** A tensor of zeros, false or empty strings. */
export function zeroTensor(type: ElementType, shape: readonly number[], field: string): Tensor {
  const bytes = tensorBytes(type, shape, field)
  if (type === 'string') return { type, shape, data: Array.from({ length: elementCount(shape) }, () => '') }
  return { type, shape, data: new Uint8Array(bytes) }
}

/** A tensor of ones, or true. */
export function onesTensor(type: ElementType, shape: readonly number[], field: string): Tensor {
  const codec = elementCodec(type)
  if (!codec) throw new Problem('invalid', `Values of the type ${type} cannot be made.`, { field })
  const data = new Uint8Array(tensorBytes(type, shape, field))
  const view = viewOf(data)
  for (let index = 0; index < elementCount(shape); index++) {
    if (codec.kind === 'bool') codec.write(view, index, true)
    else codec.write(view, index, 1)
  }
  return { type, shape, data }
}

/**
 * A tensor of random values that depend on the seed and the input's name alone: floats are evenly spread over [0, 1), integers and
 * bools are 0 or 1, so that they are valid indices wherever any but one are, and strings are `text0` to `text9`.
 *
 * The numbers come from Mulberry32 (Tommy Ettinger, public domain), started with the seed XOR the 32-bit FNV-1a hash of the
 * name's UTF-8; each element takes one.
 */
export function randomTensor(
  type: ElementType,
  shape: readonly number[],
  seed: number,
  name: string,
  field: string,
): Tensor {
  const bytes = tensorBytes(type, shape, field)
  const next = mulberry32(seed ^ fnv1a(name))
  const count = elementCount(shape)
  if (type === 'string') {
    return { type, shape, data: Array.from({ length: count }, () => `text${Math.floor(next() * 10)}`) }
  }
  const codec = elementCodec(type)
  if (!codec) throw new Problem('invalid', `Random values of the type ${type} cannot be made.`, { field })
  const data = new Uint8Array(bytes)
  const view = viewOf(data)
  for (let index = 0; index < count; index++) {
    if (codec.kind === 'float') codec.write(view, index, next())
    else if (codec.kind === 'integer') codec.write(view, index, next() < 0.5 ? 0 : 1)
    else codec.write(view, index, next() >= 0.5)
  }
  return { type, shape, data }
}

function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
