import { type Bits, hasBit, setBit, unite } from './bits.ts'
import { growingIntegers } from './growing.ts'

/**
 * For each list (a word, a catalogue, a status …) the slots that stand in it, ascending. Slots only come at the end, so that
 * nothing is ever moved. Short lists are chains of pieces in one pool of integers; a list that a good part of all slots stand
 * in is a set of bits.
 */
export type Postings = {
  /** Starts an empty list and gives its number, from 0 on. */
  addList(): number
  /** Adds a slot, not below the list's last one; false where it already stands in it. */
  add(list: number, slot: number): boolean
  /** Adds a list's slots to `target`. */
  collect(list: number, target: Bits): void
  /** Calls `visit` for those of a list's slots that are in `wanted`, whose numbers are `wantedSlots`. */
  visit(list: number, wanted: Bits, wantedSlots: Int32Array, visit: (slot: number) => void): void
}

/** A piece is its room, as many slots, and the place of the next piece (0: none). */
const LARGEST_PIECE = 1_024
/** From this share of all slots on a set of bits takes less room than a list. */
const BITS_FROM_SHARE = 1 / 40
const BITS_FROM = 512

/** @param expected about how many slots there will be */
export function createPostings(expected: number): Postings {
  const pool = growingIntegers(expected * 8)
  pool.push(0) // so that place 0 means none
  const first = growingIntegers()
  const last = growingIntegers() // place of the last slot in the pool; 0 in an empty list
  const end = growingIntegers() // place behind the last piece's room, where the next one's place stands
  const counts = growingIntegers() // of short lists
  const bitLists = new Map<number, Bits>()
  let slots = expected

  function addPiece(list: number, room: number): number {
    const place = pool.length
    pool.reach(place + room + 2, 0)
    pool.values[place] = room
    const before = end.values[list] ?? 0
    if (before === 0) first.values[list] = place
    else pool.values[before] = place
    end.values[list] = place + room + 1
    return place + 1
  }

  function toBits(list: number): Bits {
    const bits = new Uint32Array((slots + 31) >>> 5)
    collectPieces(list, bits)
    bitLists.set(list, bits)
    return bits
  }

  function collectPieces(list: number, target: Bits): void {
    const { values } = pool
    const final = last.values[list] ?? 0
    for (let place = first.values[list] ?? 0; place !== 0; ) {
      const room = values[place] ?? 0
      const stop = final > place && final <= place + room ? final : place + room
      for (let at = place + 1; at <= stop; at++) setBit(target, values[at] ?? 0)
      place = stop === final ? 0 : (values[place + room + 1] ?? 0)
    }
  }

  function addBit(list: number, bits: Bits, slot: number): void {
    let room = bits
    if (slot >>> 5 >= bits.length) {
      room = new Uint32Array(Math.max((slot >>> 5) + 1, bits.length + (bits.length >>> 1)))
      room.set(bits)
      bitLists.set(list, room)
    }
    setBit(room, slot)
  }

  return {
    addList() {
      for (const one of [first, last, end, counts]) one.push(0)
      return counts.length - 1
    },
    add(list, slot) {
      if (slot >= slots) slots = slot + 1
      const count = counts.values[list] ?? 0
      const bits = bitLists.get(list)
      if (bits) {
        if (hasBit(bits, slot)) return false
        addBit(list, bits, slot)
        return true
      }
      const place = last.values[list] ?? 0
      if (place !== 0 && pool.values[place] === slot) return false
      if (count >= BITS_FROM && count > slots * BITS_FROM_SHARE) {
        addBit(list, toBits(list), slot)
        return true
      }
      const next = place === 0 || place + 1 === end.values[list] ? addPiece(list, pieceRoom(count)) : place + 1
      pool.values[next] = slot
      last.values[list] = next
      counts.values[list] = count + 1
      return true
    },
    collect(list, target) {
      const bits = bitLists.get(list)
      if (bits) unite(target, bits)
      else collectPieces(list, target)
    },
    visit(list, wanted, wantedSlots, visit) {
      const bits = bitLists.get(list)
      if (bits) {
        for (const slot of wantedSlots) if (hasBit(bits, slot)) visit(slot)
        return
      }
      const { values } = pool
      const final = last.values[list] ?? 0
      for (let place = first.values[list] ?? 0; place !== 0; ) {
        const room = values[place] ?? 0
        const stop = final > place && final <= place + room ? final : place + room
        for (let at = place + 1; at <= stop; at++) {
          const slot = values[at] ?? 0
          if (hasBit(wanted, slot)) visit(slot)
        }
        place = stop === final ? 0 : (values[place + room + 1] ?? 0)
      }
    },
  }
}

/** Each piece has about as much room as the list before it, so that long lists are few pieces and short ones waste little. */
function pieceRoom(count: number): number {
  return Math.min(LARGEST_PIECE, Math.max(1, count))
}
