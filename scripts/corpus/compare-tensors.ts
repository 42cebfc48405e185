import { elementCount, showShape, type Tensor } from '../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from '../../src-main/runtime/tensor/element-codec.ts'

/** ONNX's own tolerance, of its backend test runner: |actual - expected| <= absolute + relative * |expected|. */
export const tolerance = { relative: 1e-3, absolute: 1e-7 }

/** A float may miss its place by this share of the tensor's greatest value: about eight units of float32's last digit. */
const ROUNDING = 1e-6

/** `rounding`: beyond the tolerance, near 0 among much greater values, as sums in another order give. */
export type Difference = { kind: 'rounding' | 'wrong'; text: string }

/** How the tensors differ, or null where they are equal within the tolerance. Integers, bools and texts must be the same. */
export function findDifference(actual: Tensor, expected: Tensor): Difference | null {
  if (actual.type !== expected.type) return wrong(`the type is ${actual.type}, not ${expected.type}`)
  if (showShape(actual.shape) !== showShape(expected.shape)) {
    return wrong(`the shape is ${showShape(actual.shape)}, not ${showShape(expected.shape)}`)
  }
  const count = elementCount(expected.shape)
  const pairs = valuePairs(actual, expected, count)
  const apart = pairs.flatMap(([is, should], index) => (isClose(is, should) ? [] : [{ is, should, index }]))
  const [first] = apart
  if (first === undefined) return null
  const text = `${apart.length} of ${count} values differ: ${String(first.is)} instead of ${String(first.should)} at ${first.index}`
  const greatest = pairs.reduce((most, [, value]) => Math.max(most, magnitude(value)), 0)
  const isRounding = apart.every(({ is, should }) => distance(is, should) <= ROUNDING * greatest)
  return isRounding ? { kind: 'rounding', text } : wrong(text)
}

function wrong(text: string): Difference {
  return { kind: 'wrong', text }
}

type Scalar = number | bigint | boolean | string | undefined

function readerOf({ type, data }: Tensor): (index: number) => Scalar {
  if (!(data instanceof Uint8Array)) return (index) => data[index]
  const codec = elementCodec(type)
  const view = viewOf(data)
  return (index) => codec?.read(view, index)
}

function valuePairs(actual: Tensor, expected: Tensor, count: number): [Scalar, Scalar][] {
  const [is, should] = [readerOf(actual), readerOf(expected)]
  return Array.from({ length: count }, (_, index) => [is(index), should(index)])
}

function isClose(actual: Scalar, expected: Scalar): boolean {
  if (Object.is(actual, expected) || actual === expected) return true
  return distance(actual, expected) <= tolerance.absolute + tolerance.relative * magnitude(expected)
}

function distance(actual: Scalar, expected: Scalar): number {
  if (typeof actual !== 'number' || typeof expected !== 'number') return Number.POSITIVE_INFINITY
  return Math.abs(actual - expected)
}

function magnitude(value: Scalar): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.abs(value) : 0
}
