import { setImmediate as nextTurn } from 'node:timers/promises'
import type { OutputDifference } from '../../src-contract/contract/models/compare.ts'
import { elementCount, showShape, type Tensor } from '../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from './tensor/element-codec.ts'

type Measured = Pick<OutputDifference, 'Largest' | 'Message'>

/** Values between turns of the event loop, so that a large output does not stop everything else. */
const PIECE = 500_000

/**
 * The largest absolute and relative difference of two tensors; relative to the greater of the two values. Bools count as 0 and 1.
 * Floats of other precisions are compared by value.
 * `Largest` is null where that says nothing: texts, other types or shapes, or values that are finite on one side only.
 */
export async function measureDifference(left: Tensor, right: Tensor): Promise<Measured> {
  const [codec, other] = [elementCodec(left.type), elementCodec(right.type)]
  const areFloats = codec?.kind === 'float' && other?.kind === 'float'
  if (left.type !== right.type && !areFloats) return untold(`The types differ: ${left.type} and ${right.type}.`)
  if (showShape(left.shape) !== showShape(right.shape)) {
    return untold(`The shapes differ: ${showShape(left.shape)} and ${showShape(right.shape)}.`)
  }
  if (!(left.data instanceof Uint8Array)) {
    const apart = left.data.filter((text, index) => text !== right.data[index]).length
    return apart === 0 ? same : untold(`${apart} of ${left.data.length} texts differ.`)
  }
  if (!codec || !other || !(right.data instanceof Uint8Array))
    return untold(`Values of the type ${left.type} cannot be compared.`)
  const [leftView, rightView] = [viewOf(left.data), viewOf(right.data)]
  const count = elementCount(left.shape)
  let absolute = 0
  let relative = 0
  let unlike = 0
  for (let index = 0; index < count; index++) {
    const [a, b] = [codec.read(leftView, index), other.read(rightView, index)]
    if (index % PIECE === PIECE - 1) await nextTurn()
    if (Object.is(a, b) || a === b) continue
    // The difference of wide integers is taken before they lose digits as numbers.
    const distance = typeof a === 'bigint' && typeof b === 'bigint' ? Number(a - b) : Number(a) - Number(b)
    if (!Number.isFinite(distance)) unlike++
    else {
      absolute = Math.max(absolute, Math.abs(distance))
      relative = Math.max(relative, Math.abs(distance) / Math.max(Math.abs(Number(a)), Math.abs(Number(b))))
    }
  }
  if (unlike > 0) return untold(`${unlike} of ${count} values are NaN or infinite on one side only.`)
  if (absolute === 0) return same
  return {
    Largest: { Absolute: absolute, Relative: relative },
    Message: `Largest difference ${figure(absolute)}, ${figure(relative * 100)} % of the larger value.`,
  }
}

const same: Measured = { Largest: { Absolute: 0, Relative: 0 }, Message: 'The values are the same.' }

function untold(Message: string): Measured {
  return { Largest: null, Message }
}

/** A number with as many digits as mean something. */
function figure(value: number): string {
  return String(Number(value.toPrecision(2)))
}
