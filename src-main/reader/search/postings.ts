import { type Bits, hasBit, setBit, unite } from './bits.ts'
import { type Integers, newIntegers, pushInteger, reachIntegers } from './growable-array.ts'

/**
 * For each list (a word, a catalogue, a status …) the slots that stand in it, ascending. Slots only come at the end, so that
 * nothing is ever moved. Short lists are chains of pieces in one pool of integers; a list that a good part of all slots stand
 * in is a set of bits.
 */
export type Postings = {
  /** Pieces: the room for slots, so many slots, the place of the next piece (0: none). */
  pool: Integers
  /** Four for each list: see the constants below. */
  heads: Integers
  bits: Bits[]
  /** How many slots there are, or are expected to be. */
  slots: number
}

const HEAD = 4
/** Place of the first piece, 0 in an empty list; below 0 for a set of bits: -1 minus its number. */
const FIRST = 0
/** Place of the last slot. */
const LAST = 1
/** Place behind the last piece's room. */
const END = 2
const COUNT = 3

const LARGEST_PIECE = 1_024
/** From this share of all slots on a set of bits takes less room than a list. */
const BITS_FROM_SHARE = 1 / 40
const BITS_FROM = 512

/** @param expected about how many slots there will be */
export function newPostings(expected: number): Postings {
  const pool = newIntegers(expected * 8)
  pushInteger(pool, 0) // so that no piece begins at place 0
  return { pool, heads: newIntegers(), bits: [], slots: expected }
}

/** Starts an empty list and gives its number, from 0 on. */
export function addList({ heads }: Postings): number {
  reachIntegers(heads, heads.length + HEAD, 0)
  return heads.length / HEAD - 1
}

/** Adds a slot, not below the list's last one; false where it already stands in it. */
export function addSlot(postings: Postings, list: number, slot: number): boolean {
  const { pool, heads, bits } = postings
  const head = heads.values
  const at = list * HEAD
  const first = head[at + FIRST] ?? 0
  if (slot >= postings.slots) postings.slots = slot + 1
  if (first < 0) return addBit(bits, -1 - first, slot)
  const last = head[at + LAST] ?? 0
  if (first !== 0 && pool.values[last] === slot) return false
  const count = head[at + COUNT] ?? 0
  if (count >= BITS_FROM && count > postings.slots * BITS_FROM_SHARE) return addBit(bits, toBits(postings, list), slot)
  const place = first === 0 || last + 1 === head[at + END] ? addPiece(postings, at, pieceRoom(count)) : last + 1
  pool.values[place] = slot
  head[at + LAST] = place
  head[at + COUNT] = count + 1
  return true
}

/** Each piece has about as much room as the list before it, so that long lists are few pieces and short ones waste little. */
function pieceRoom(count: number): number {
  return Math.min(LARGEST_PIECE, Math.max(1, count))
}

function addPiece({ pool, heads }: Postings, at: number, room: number): number {
  const place = pool.length
  reachIntegers(pool, place + room + 2, 0)
  pool.values[place] = room
  if (heads.values[at + FIRST] === 0) heads.values[at + FIRST] = place
  else pool.values[heads.values[at + END] ?? 0] = place
  heads.values[at + END] = place + room + 1
  return place + 1
}

function toBits(postings: Postings, list: number): number {
  const bits = new Uint32Array((postings.slots + 31) >>> 5)
  visitPieces(postings, list, (slot) => setBit(bits, slot))
  const number = postings.bits.push(bits) - 1
  postings.heads.values[list * HEAD + FIRST] = -1 - number
  return number
}

function addBit(lists: Bits[], number: number, slot: number): boolean {
  let bits = lists[number] ?? new Uint32Array(1)
  if (hasBit(bits, slot)) return false
  if (slot >>> 5 >= bits.length) {
    const wider = new Uint32Array(Math.max((slot >>> 5) + 1, bits.length + (bits.length >>> 1)))
    wider.set(bits)
    lists[number] = wider
    bits = wider
  }
  setBit(bits, slot)
  return true
}

function visitPieces({ pool, heads }: Postings, list: number, visit: (slot: number) => void): void {
  const { values } = pool
  const last = heads.values[list * HEAD + LAST] ?? 0
  for (let place = heads.values[list * HEAD + FIRST] ?? 0; place > 0; ) {
    const end = place + (values[place] ?? 0)
    const stop = last > place && last <= end ? last : end
    for (let at = place + 1; at <= stop; at++) visit(values[at] ?? 0)
    place = stop === last ? 0 : (values[end + 1] ?? 0)
  }
}

/** Adds a list's slots to `target`. */
export function collectSlots(postings: Postings, list: number, target: Bits): void {
  const bits = bitsOf(postings, list)
  if (bits) {
    unite(target, bits)
    return
  }
  // As `visitPieces`, without a call for each slot: this is where a search spends its time.
  const { values } = postings.pool
  const last = postings.heads.values[list * HEAD + LAST] ?? 0
  for (let place = postings.heads.values[list * HEAD + FIRST] ?? 0; place > 0; ) {
    const end = place + (values[place] ?? 0)
    const stop = last > place && last <= end ? last : end
    for (let at = place + 1; at <= stop; at++) {
      const slot = values[at] ?? 0
      target[slot >>> 5] = (target[slot >>> 5] ?? 0) | (1 << (slot & 31))
    }
    place = stop === last ? 0 : (values[end + 1] ?? 0)
  }
}

/** Calls `visit` for those of a list's slots that are in `wanted`, which are `wantedSlots`. */
export function visitSlots(
  postings: Postings,
  list: number,
  { wanted, wantedSlots }: { wanted: Bits; wantedSlots: Int32Array },
  visit: (slot: number) => void,
): void {
  const bits = bitsOf(postings, list)
  if (bits) {
    for (const slot of wantedSlots) if (hasBit(bits, slot)) visit(slot)
  } else {
    visitPieces(postings, list, (slot) => {
      if (hasBit(wanted, slot)) visit(slot)
    })
  }
}

function bitsOf({ heads, bits }: Postings, list: number): Bits | undefined {
  const first = heads.values[list * HEAD + FIRST] ?? 0
  return first < 0 ? bits[-1 - first] : undefined
}
