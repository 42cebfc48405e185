import { type Bits, hasBit } from '../search/bits.ts'

/** Slots kept in order of a comparison. */
export type Order = {
  /** Takes in the slots up to `count` that it does not know yet. */
  reach(count: number): void
  /** All slots in order. */
  readonly slots: Int32Array
  /** The slots from place `from` on, at most `limit`, of those in `wanted`, which are `count`. */
  window(wanted: Bits, count: number, from: number, limit: number): Int32Array
}

/** @param compare a strict order: no two slots are equal in it */
export function createOrder(compare: (a: number, b: number) => number): Order {
  let room = new Int32Array(0)
  let length = 0

  function reach(count: number): void {
    if (count <= length) return
    const added = Int32Array.from({ length: count - length }, (_, at) => length + at)
    added.sort(compare)
    if (count > room.length) {
      const wider = new Int32Array(count + (count >>> 3) + 64)
      wider.set(room.subarray(0, length))
      room = wider
    }
    merge(added)
    length = count
  }

  /** From the end: each run of known slots moves once, by as many places as there are new ones before it. */
  function merge(added: Int32Array): void {
    let end = length
    for (let left = added.length; left > 0; left--) {
      const slot = added[left - 1] ?? 0
      const place = placeOf(slot, end)
      room.copyWithin(place + left, place, end)
      room[place + left - 1] = slot
      end = place
    }
  }

  function placeOf(slot: number, end: number): number {
    let low = 0
    let high = end
    // What is new mostly belongs to an end of the order.
    if (high > 0 && compare(room[high - 1] ?? 0, slot) < 0) return high
    while (low < high) {
      const at = (low + high) >>> 1
      if (compare(room[at] ?? 0, slot) < 0) low = at + 1
      else high = at
    }
    return low
  }

  return {
    reach,
    get slots() {
      return room.subarray(0, length)
    },
    window(wanted, count, from, limit) {
      const size = Math.max(0, Math.min(limit, count - from))
      const found = new Int32Array(size)
      if (size === 0) return found
      if (count === length) return room.slice(from, from + size)
      if (from + size / 2 <= count / 2) {
        let skip = from
        let next = 0
        for (let at = 0; at < length && next < size; at++) {
          const slot = room[at] ?? 0
          if (hasBit(wanted, slot) && --skip < 0) found[next++] = slot
        }
        return found
      }
      let skip = count - from - size
      let next = size
      for (let at = length - 1; at >= 0 && next > 0; at--) {
        const slot = room[at] ?? 0
        if (hasBit(wanted, slot) && --skip < 0) found[--next] = slot
      }
      return found
    },
  }
}
