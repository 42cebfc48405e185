import { type Bits, writeBits } from '../search/bits.ts'
import { scratchBuffer } from '../search/scratch-buffer.ts'

/**
 * One thing to order slots by: writes into `keys`, from place `low` up to `high`, a number for each of the slots at these places.
 * Smaller numbers come first.
 */
export type Level = (slots: Int32Array, keys: Float64Array, low: number, high: number) => void

/** A level that takes its numbers from a column, or their negatives. */
export function columnLevel(values: Float64Array | Int32Array | Uint16Array, sign: 1 | -1 = 1): Level {
  return (slots, keys, low, high) => {
    for (let at = low; at < high; at++) keys[at] = sign * (values[slots[at] ?? 0] ?? 0)
  }
}

const slotRoom = scratchBuffer((length) => new Int32Array(length))
const keyRoom = scratchBuffer((length) => new Float64Array(length))
const keptRooms = [
  scratchBuffer((length) => new Int32Array(length)),
  scratchBuffer((length) => new Int32Array(length)),
] as const

/** Above so many slots a look at a sample says where about the window lies, and the others are left out. */
const MANY = 4_000
const SAMPLE = 1_024
/** Places in the sample on either side of where the window should lie: three standard deviations at the worst place. */
const MARGIN = 48

/** A page's place among the matches in order: from place `from` up to `to`. */
export type Window = { from: number; to: number }

/**
 * The slots that stand in the window once the `count` slots of `matches` are in order of the levels, the first level first. So a
 * page costs about one pass over the matches wherever it lies, not a sort.
 */
export function sortedWindow(matches: Bits, count: number, levels: readonly Level[], { from, to }: Window): Int32Array {
  const slots = slotRoom(count)
  const allKeys = keyRoom(count)
  writeBits(matches, slots)
  let rest: Int32Array = slots.subarray(0, count)
  let before = 0
  let depth = 0
  let turn = 0
  for (let level = levels[depth]; rest.length > MANY && level; level = levels[depth]) {
    const keys = allKeys.subarray(0, rest.length)
    level(rest, keys, 0, rest.length)
    const [least, most] = keysAround(keys, from - before, to - before)
    const kept = keysWithin(rest, keys, [least, most], keptRooms[turn++ & 1 ? 1 : 0](rest.length))
    // The sample was not like the whole, or the window is most of it.
    if (from < before + kept.before || to > before + kept.before + kept.slots.length) break
    if (least !== most && kept.slots.length > 0.7 * rest.length) break
    rest = kept.slots
    before += kept.before
    if (least === most) depth++
  }
  sortPage(rest, allKeys, levels.slice(depth), [from - before, to - before])
  return rest.slice(from - before, to - before)
}

/** Two keys between which, as a sample says, all slots of the window lie. */
function keysAround(keys: Float64Array, from: number, to: number): [number, number] {
  const step = keys.length / SAMPLE
  const sample = Float64Array.from({ length: SAMPLE }, (_, at) => keys[Math.floor(at * step)] ?? 0).sort()
  const low = Math.floor(from / step) - MARGIN
  const high = Math.ceil(to / step) + MARGIN
  return [
    low < 0 ? Number.NEGATIVE_INFINITY : (sample[low] ?? Number.NEGATIVE_INFINITY),
    high >= SAMPLE ? Number.POSITIVE_INFINITY : (sample[high] ?? Number.POSITIVE_INFINITY),
  ]
}

/** The slots whose key is from `least` up to and with `most`, put into `kept`, and how many lie before them. */
function keysWithin(
  slots: Int32Array,
  keys: Float64Array,
  [least, most]: readonly [number, number],
  kept: Int32Array,
): { slots: Int32Array; before: number } {
  let length = 0
  let before = 0
  for (let at = 0; at < slots.length; at++) {
    const key = keys[at] ?? 0
    if (key < least) before++
    else if (key <= most) kept[length++] = slots[at] ?? 0
  }
  return { slots: kept.subarray(0, length), before }
}

/**
 * Puts the slots of the window into order; the others only come to the right side of them. (A quicksort that divides in three by
 * one level at a time and follows only the parts that the window touches.)
 */
function sortPage(
  slots: Int32Array,
  keys: Float64Array,
  levels: readonly Level[],
  [from, to]: readonly [number, number],
): void {
  function swap(a: number, b: number): void {
    const slot = slots[a] ?? 0
    const key = keys[a] ?? 0
    slots[a] = slots[b] ?? 0
    keys[a] = keys[b] ?? 0
    slots[b] = slot
    keys[b] = key
  }

  function sortBy(depth: number, low: number, high: number): void {
    const level = levels[depth]
    if (level === undefined || high - low < 2) return
    level(slots, keys, low, high)
    divide(depth, low, high)
  }

  function divide(depth: number, start: number, stop: number): void {
    let low = start
    let high = stop
    while (high - low > 1 && high > from && low < to) {
      const pivot = middle(keys[low] ?? 0, keys[(low + high) >>> 1] ?? 0, keys[high - 1] ?? 0)
      let less = low
      let more = high
      for (let at = low; at < more; ) {
        const key = keys[at] ?? 0
        if (key < pivot) swap(less++, at++)
        else if (key > pivot) swap(at, --more)
        else at++
      }
      if (more > from && less < to) sortBy(depth + 1, less, more)
      // The smaller side by recursion, the larger one by going on, so that the stack stays shallow.
      if (less - low < high - more) {
        divide(depth, low, less)
        low = more
      } else {
        divide(depth, more, high)
        high = less
      }
    }
  }

  sortBy(0, 0, slots.length)
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
