import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { elementCount, type Tensor } from '../../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from './element-codec.ts'

/** A value as JSON can hold it without loss (contract.md 6). */
type JsonScalar = number | string | boolean
export type JsonNested = JsonScalar | JsonNested[]

/**
 * A tensor as nested arrays; one value for a scalar. Integers from 2^53 on, NaN and ±Infinity become strings.
 * @throws Problem invalid for a type without JSON form
 */
export function tensorToJson(tensor: Tensor): JsonNested {
  const read = reader(tensor)
  let next = 0
  const build = (depth: number): JsonNested => {
    const size = tensor.shape[depth]
    if (size === undefined) return read(next++)
    return Array.from({ length: size }, () => build(depth + 1))
  }
  // With an empty axis somewhere there is no value to read, and axes before it may be of any length.
  return elementCount(tensor.shape) === 0 && tensor.shape.length > 0 ? [] : build(0)
}

function reader({ type, data }: Tensor): (index: number) => JsonScalar {
  if (!(data instanceof Uint8Array)) return (index) => data[index] ?? ''
  const codec = elementCodec(type)
  if (!codec) throw new Problem('invalid', `${type} values cannot be represented in JSON; request .npz instead.`)
  const view = viewOf(data)
  return (index) => {
    const value = codec.read(view, index)
    if (typeof value === 'bigint') return isSafe(value) ? Number(value) : String(value)
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    return value
  }
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
}
