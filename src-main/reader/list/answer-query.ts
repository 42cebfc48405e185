import { type ListingQuery, newestFirst } from '../../../src-contract/contract/functions/listing.ts'
import { type Bits, countBits, listBits } from '../search/bits.ts'
import { scratchBuffer } from '../search/scratch-buffer.ts'
import { readSearch, type SearchPiece } from '../search/search-text.ts'
import { scoreTexts, type TextIndex } from '../search/text-index.ts'
import type { CatalogueNames } from './catalogue-names.ts'
import { findUuids } from './columns.ts'
import { orderWindow } from './extend-order.ts'
import type { ListIndex } from './list-index.ts'
import { matchingSlots, searched } from './match-filters.ts'
import { isKept, levelsOf, orderBy } from './sort-orders.ts'
import { columnLevel, sortedWindow } from './sorted-window.ts'

/** The ids of the functions of a page, in order; `total` as contract.md 3 counts it. */
export type Answer = { ids: Float64Array; total: number; capped: boolean }

/** Up to this many matches putting them into order is quicker than walking the whole list in its order. */
const FEW = 1_000

/**
 * Answers a query from the index alone. Without `Limit` all ids from `Offset` on come.
 * @param countLimit the largest total that a search counts exactly; up to it, and without `OrderBy`, the best match comes first
 */
export function answer(index: ListIndex, query: ListingQuery, catalogues: CatalogueNames, countLimit: number): Answer {
  const pieces = readSearch(query.q ?? '')
  const matches = matchingSlots(index, query, pieces, catalogues)
  const count = countBits(matches)
  const capped = pieces.length > 0 && count > countLimit
  const from = Math.min(query.Offset ?? 0, count)
  const page = { matches, count, from, to: Math.min(count, from + (query.Limit ?? count)) }
  const slots =
    pieces.length > 0 && !capped && !query.OrderBy
      ? bestFirst(index, searched(index, query), pieces, page)
      : inOrder(index, query.OrderBy ?? [newestFirst], page)
  const idOf = index.columns.id.values
  return { ids: Float64Array.from(slots, (slot) => idOf[slot] ?? 0), total: capped ? countLimit : count, capped }
}

/** Which of how many matches are asked for. */
type Page = { matches: Bits; count: number; from: number; to: number }

function inOrder(index: ListIndex, terms: NonNullable<ListingQuery['OrderBy']>, page: Page): Int32Array {
  const { matches, count, from, to } = page
  const [first, ...rest] = terms
  if (first && isKept(first.column) && rest.length === 0 && count > FEW) {
    return orderWindow(orderBy(index, first.column, first.descending), matches, count, from, to - from)
  }
  return sortedWindow(matches, count, levelsOf(index, terms), page)
}

/** A function whose UUID was asked for stands before every other. */
const NAMED = 10_000

const scoreRoom = scratchBuffer((length) => new Uint16Array(length))

/** By the best place of each word (see `scoreTexts`), then the shorter title, then the newer. */
function bestFirst(
  index: ListIndex,
  texts: readonly TextIndex[],
  pieces: readonly SearchPiece[],
  page: Page,
): Int32Array {
  const slots = listBits(page.matches, page.count)
  const scores = scoreRoom(index.slots).subarray(0, index.slots).fill(0)
  const words = new Map(pieces.flatMap((piece) => piece.words).map((word) => [word.text, word]))
  for (const word of words.values()) scoreTexts(texts, word, { wanted: page.matches, wantedSlots: slots }, scores)
  const uuids = pieces.flatMap(({ uuid }) => uuid ?? [])
  if (uuids.length > 0) {
    for (const slot of listBits(findUuids(index.columns, uuids, index.slots)))
      scores[slot] = (scores[slot] ?? 0) + NAMED
  }
  const levels = [
    columnLevel(scores, -1),
    columnLevel(index.columns.titleWords.values),
    ...levelsOf(index, [newestFirst]),
  ]
  return sortedWindow(page.matches, page.count, levels, page)
}
