import type { Random } from '../../../bench/data/random.ts'
import { varintBytes } from '../../../src-main/onnx/testing/wire-writer.ts'
import { badSizes, joined, mutateBytes } from './bytes.ts'

/** A field of a message: `start` is that of its tag, `value` that of its bytes after tag and length. */
type Field = { number: number; wire: number; start: number; value: number; end: number }

const LENGTH_DELIMITED = 2
const WIRES = [0, 1, 2, 3, 4, 5, 6, 7]
/** Bytes of what is there many times, where it fits in so many. */
const LARGEST = 30_000
/** A graph's node, its attribute, the sub-graph in that, and so on. */
const NESTING = [0x0a, 0x2a, 0x32]

/**
 * A copy of a message in which one field, at any depth, is not what it was. The lengths around it are right again, so that a reader gets to
 * the damage and does not stop before it.
 */
export function mutateMessage(bytes: Uint8Array, random: Random): Uint8Array {
  const fields = fieldsOf(bytes)
  if (!fields) return mutateBytes(bytes, bytes, random)
  const field = random.pick(fields)
  const value = bytes.subarray(field.value, field.end)
  const goesDeeper = field.wire === LENGTH_DELIMITED && random.chance(0.8) && fieldsOf(value) !== undefined
  const changed = goesDeeper
    ? encoded(field.number, mutateMessage(value, random))
    : random.pick(changes)(bytes, field, fields, random)
  return joined(bytes.subarray(0, field.start), changed, bytes.subarray(field.end))
}

type Change = (message: Uint8Array, field: Field, all: readonly Field[], random: Random) => Uint8Array

const whole = (message: Uint8Array, { start, end }: Field) => message.subarray(start, end)
const contentOf = (message: Uint8Array, { value, end }: Field) => message.subarray(value, end)

const changes: readonly Change[] = [
  // Gone, or there many times.
  () => new Uint8Array(),
  (message, field, _, random) => {
    const one = whole(message, field)
    return joined(...new Array<Uint8Array>(2 + random.below(LARGEST / one.length)).fill(one))
  },
  // Another field's in its place, or before it.
  (message, _, all, random) => whole(message, random.pick(all)),
  (message, field, all, random) => joined(whole(message, random.pick(all)), whole(message, field)),
  (message, field, all, random) => encoded(field.number, contentOf(message, random.pick(all))),
  // Another number or type, which the reader may or may not know.
  (message, field, _, random) =>
    joined(varintBytes(1 + random.below(60) * 8 + field.wire), message.subarray(field.value, field.end)),
  (message, field, _, random) => joined(varintBytes(field.number * 8 + random.pick(WIRES)), contentOf(message, field)),
  // A length or number that is not true.
  (message, { number, wire, value, end }, _, random) =>
    joined(varintBytes(number * 8 + wire), varintBytes(random.pick(badSizes)), message.subarray(value, end)),
  (_, { number }, __, random) => joined(varintBytes(number * 8), varintBytes(random.pick(badSizes))),
  // A varint longer than any, or with needless bytes.
  (_, { number }, __, random) =>
    joined(varintBytes(number * 8), new Uint8Array(1 + random.below(20)).fill(0x80), Uint8Array.of(random.below(2))),
  // Numbers, packed or one by one, where there were others.
  (_, { number }, __, random) => {
    const numbers = Array.from({ length: random.below(2000) }, () => varintBytes(random.pick(badSizes)))
    return random.chance(0.5)
      ? encoded(number, joined(...numbers))
      : joined(...numbers.flatMap((one) => [varintBytes(number * 8), one]))
  },
  // Text that is none, or very long.
  (_, { number }, __, random) => encoded(number, new Uint8Array(random.below(20_000)).fill(random.below(256))),
  (message, field, _, random) => encoded(field.number, mutateBytes(contentOf(message, field), message, random)),
  // A message in a message in a message.
  (message, field, _, random) => {
    let inner = whole(message, field).subarray(0, 200)
    for (let level = random.below(300); level >= 0; level--) {
      inner = joined(Uint8Array.of(NESTING[level % NESTING.length] ?? 0), varintBytes(inner.length), inner)
    }
    return encoded(field.number, inner)
  },
  // Groups, which nobody writes any more, one in another.
  (_, { number }, __, random) =>
    joined(...new Array<Uint8Array>(1 + random.below(5000)).fill(varintBytes(number * 8 + 3))),
]

function encoded(number: number, value: Uint8Array): Uint8Array {
  return joined(varintBytes(number * 8 + LENGTH_DELIMITED), varintBytes(value.length), value)
}

/** The fields of a message; undefined where the bytes are none, or an empty one. */
function fieldsOf(bytes: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at
    const tag = varintAt(bytes, at)
    if (!tag || tag.value < 8) return undefined
    const number = Math.floor(tag.value / 8)
    const wire = tag.value % 8
    const place = placeOf(bytes, wire, tag.end)
    if (!place || place.end > bytes.length) return undefined
    fields.push({ number, wire, start, ...place })
    at = place.end
  }
  return fields.length > 0 ? fields : undefined
}

function placeOf(bytes: Uint8Array, wire: number, value: number): { value: number; end: number } | undefined {
  if (wire === 1) return { value, end: value + 8 }
  if (wire === 5) return { value, end: value + 4 }
  if (wire !== 0 && wire !== LENGTH_DELIMITED) return undefined
  const read = varintAt(bytes, value)
  if (!read) return undefined
  return wire === 0 ? { value, end: read.end } : { value: read.end, end: read.end + read.value }
}

function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return undefined
}
