import { type ListingQuery, SEARCH_COUNT_LIMIT } from '../../../src-contract/listing.ts'
import { type Bits, countBits, listBits } from '../search/bits.ts'
import { readSearch, type SearchPiece } from '../search/search-text.ts'
import { arrange, type Level } from './arrange.ts'
import type { ListIndex } from './list-index.ts'
import { matchingSlots } from './match.ts'
import type { Orders } from './orders.ts'

/** The ids of the functions of a page, in order; `total` as contract.md 3 counts it. */
export type Answer = { ids: Float64Array; total: number; capped: boolean }

/** Below this many matches putting them into order is quicker than walking the whole list in its order. */
const FEW = 1_000

/**
 * Answers a query from the index alone. Without `Limit` all ids from `Offset` on come.
 * @param countLimit the largest total that a search counts exactly, and ranks
 */
export function answer(index: ListIndex, orders: Orders, query: ListingQuery, countLimit = SEARCH_COUNT_LIMIT): Answer {
  const pieces = readSearch(query.q ?? '')
  const matches = matchingSlots(index, query, pieces)
  const count = countBits(matches)
  const capped = pieces.length > 0 && count > countLimit
  const from = Math.min(query.Offset ?? 0, count)
  const to = Math.min(count, from + (query.Limit ?? count))
  const slots =
    from === to ? new Int32Array() : window(index, orders, { query, pieces, matches, count, capped, from, to })
  return { ids: Float64Array.from(slots, (slot) => index.columns.id(slot)), total: capped ? countLimit : count, capped }
}

type Matches = {
  query: ListingQuery
  pieces: readonly SearchPiece[]
  matches: Bits
  count: number
  capped: boolean
  from: number
  to: number
}

function window(index: ListIndex, orders: Orders, found: Matches): Int32Array {
  const { query, pieces, matches, count, capped, from, to } = found
  if (!query.OrderBy && pieces.length > 0 && !capped) {
    const slots = listBits(matches, count)
    return arranged(slots, bestFirst(index, orders, pieces, matches, slots), from, to)
  }
  const terms = query.OrderBy ?? [{ column: 'UpdatedAt', descending: true }]
  const [{ column, descending } = { column: 'UpdatedAt', descending: true }, ...rest] = terms
  const isKept = column === 'Name' || column === 'UpdatedAt' || column === 'InsertedAt'
  if (isKept && rest.length === 0 && count > FEW) {
    return orders.by(column, descending).window(matches, count, from, to - from)
  }
  return arranged(listBits(matches, count), orders.levels(terms), from, to)
}

function arranged(slots: Int32Array, levels: readonly Level[], from: number, to: number): Int32Array {
  arrange(slots, levels, from, to)
  return slots.subarray(from, to)
}

/** A function whose UUID was asked for stands before every other. */
const NAMED = 10_000

/** Best match first: the better place of each word, then the shorter title, then the newer. */
function bestFirst(
  index: ListIndex,
  orders: Orders,
  pieces: readonly SearchPiece[],
  matches: Bits,
  slots: Int32Array,
): Level[] {
  const scores = new Uint16Array(index.slots)
  for (const word of new Set(pieces.flatMap(({ words }) => words))) index.texts.score(word, matches, slots, scores)
  const uuids = pieces.flatMap(({ uuid }) => uuid ?? [])
  const named = index.columns.named(uuids, uuids.length === 0 ? 0 : index.slots)
  for (const slot of listBits(named)) scores[slot] = (scores[slot] ?? 0) + NAMED
  return [(slot) => -(scores[slot] ?? 0), index.columns.titleWords, ...orders.newestFirst()]
}
