import type { FunctionItem } from '../../../src-contract/function.ts'
import type { ListingQuery } from '../../../src-contract/listing.ts'
import { type FunctionItemRow, functionItemColumns, functionItemTables, toFunctionItem } from '../function-row.ts'
import { openReadOnly } from '../open-read-only.ts'
import { answer } from './answer.ts'
import { changeFollower } from './follow-changes.ts'
import { newListIndex } from './list-index.ts'
import { newestFirst, orderBy, prepareOrder } from './orders.ts'

/** Answers lists of functions from a connection of its own and an index in memory that follows the database. */
export type ListReader = {
  /** One page at the database's present state. Without `Limit` the page has every match. */
  page(query: ListingQuery): { rows: FunctionItem[]; total: number; capped: boolean }
  /** The ids of all matches from `Offset` on, in order, whatever the `Limit`: what a stream goes through. */
  ids(query: ListingQuery): Float64Array
  /** The functions with these ids, in this order, also those that came into the trash since; not those gone for good. */
  items(ids: Float64Array): FunctionItem[]
  /** Takes in at most `limit` changes, so that the next page need not; returns how many there were. */
  follow(limit: number): number
  /** Makes the next of the orders that lists are likely to ask for; false where all are made. */
  prepare(): boolean
  /** Whether so much has changed that a fresh index would be a good part smaller. */
  readonly isWorn: boolean
  close(): void
}

/** @param countLimit the largest total that a search counts exactly, and ranks */
export function openListReader(path: string, countLimit?: number): ListReader {
  const database = openReadOnly(path)
  const expected = database.prepare<[], number>('SELECT count(*) FROM list_change').pluck().get() ?? 0
  const index = newListIndex(expected)
  const follow = changeFollower(database, index)
  // One statement for all rows of a page is ten times as quick as one for each.
  const byIds = database.prepare<[string], FunctionItemRow>(
    `SELECT ${functionItemColumns} FROM json_each(?) wanted CROSS JOIN ${functionItemTables} WHERE f.id = wanted.value ORDER BY wanted.key`,
  )
  const items = (ids: Float64Array) => byIds.all(JSON.stringify([...ids])).map(toFunctionItem)

  const page = database.transaction((query: ListingQuery) => {
    follow()
    const { ids, total, capped } = answer(index, query, countLimit)
    return { rows: items(ids), total, capped }
  })
  const ids = database.transaction(({ Limit: _, ...query }: ListingQuery) => {
    follow()
    return answer(index, query, countLimit).ids
  })

  database.transaction(() => follow())()
  orderBy(index, newestFirst.column, newestFirst.descending)

  return {
    page: (query) => page.deferred(query),
    ids: (query) => ids.deferred(query),
    items: database.transaction(items),
    follow,
    prepare: () => prepareOrder(index),
    get isWorn() {
      return index.slots > 50_000 + 2 * index.liveCount
    },
    close: () => database.close(),
  }
}
