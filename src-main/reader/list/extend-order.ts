import { type Bits, hasBit } from '../search/bits.ts'
import { type Integers, reachIntegers } from '../search/growable-array.ts'

/**
 * Takes into an order all slots below `count` that are not in it yet.
 * @param compare a strict order: no two slots are equal in it
 */
export function extendOrder(order: Integers, count: number, compare: (a: number, b: number) => number): void {
  const known = order.length
  if (count <= known) return
  const added = Int32Array.from({ length: count - known }, (_, at) => known + at).sort(compare)
  reachIntegers(order, count, 0)
  // From the end: each run of known slots moves once, by as many places as there are new ones before it.
  let end = known
  for (let left = added.length; left > 0; left--) {
    const slot = added[left - 1] ?? 0
    const place = placeOf(order.values, end, (other) => compare(other, slot))
    order.values.copyWithin(place + left, place, end)
    order.values[place + left - 1] = slot
    end = place
  }
}

/** How many of the first `end` slots come before the one that `compare` tells their side of. */
function placeOf(slots: Int32Array, end: number, compare: (other: number) => number): number {
  let low = 0
  let high = end
  while (low < high) {
    const at = (low + high) >>> 1
    if (compare(slots[at] ?? 0) < 0) low = at + 1
    else high = at
  }
  return low
}

/** The slots from place `from` on, at most `limit`, of those in `wanted`, which are `count`. */
export function orderWindow(order: Integers, wanted: Bits, count: number, from: number, limit: number): Int32Array {
  const { values, length } = order
  const size = Math.max(0, Math.min(limit, count - from))
  if (count === length) return values.slice(from, from + size)
  const found = new Int32Array(size)
  // From whichever end is nearer.
  if (from + size / 2 <= count / 2) {
    let skip = from
    let next = 0
    for (let at = 0; at < length && next < size; at++) {
      const slot = values[at] ?? 0
      if (hasBit(wanted, slot) && --skip < 0) found[next++] = slot
    }
  } else {
    let skip = count - from - size
    let next = size
    for (let at = length - 1; at >= 0 && next > 0; at--) {
      const slot = values[at] ?? 0
      if (hasBit(wanted, slot) && --skip < 0) found[--next] = slot
    }
  }
  return found
}
