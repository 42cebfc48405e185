import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { type ListingQuery, newestFirst, SEARCH_COUNT_LIMIT } from '../../../src-contract/contract/functions/listing.ts'
import { openReadOnly } from '../../store/open-read-only.ts'
import { PAGE_BYTES } from '../../store/page-size.ts'
import {
  bareFunctionColumns,
  type FunctionItemRow,
  functionItemColumns,
  functionItemTables,
  sizeOf,
  toBareItem,
  toFunctionItem,
} from '../../store/repositories/function-row.ts'
import { readOr } from '../../store/salvage.ts'
import type { FunctionPage } from '../tasks/list-tasks.ts'
import { answer } from './answer-query.ts'
import { catalogueFollower } from './catalogue-names.ts'
import { uuidOf } from './columns.ts'
import { changeFollower, trashIndex } from './follow-changes.ts'
import { keepIndex, keptChange, keptIndex } from './kept-index.ts'
import { type ListIndex, newListIndex } from './list-index.ts'
import { orderBy, prepareOrder } from './sort-orders.ts'

/** Answers lists of functions from a connection of its own and an index in memory that follows the database. */
export type ListReader = {
  /** One page at the database's present state. Without `Limit` the page has every match. */
  page(query: ListingQuery): FunctionPage
  /** The ids of all matches from `Offset` on, in order, whatever the `Limit`: what a stream goes through. */
  ids(query: ListingQuery): Float64Array
  /** The UUIDs of the same. */
  uuids(query: ListingQuery): string[]
  /** The first of the functions with these ids that fit into a page, in this order, also those that came into the trash since; not those gone for good. */
  items(ids: Float64Array): { rows: FunctionItem[]; taken: number }
  /** Takes in some of what changed, so that the next page need not; returns whether there is more. */
  keepUp(): boolean
  /** Does some of what makes later answers or a later start quicker; returns whether there is more to do. */
  tidy(): boolean
  close(): void
}

/** Changes that are taken in between two requests: about 5 ms. */
const CHANGES_AT_ONCE = 100
/** Rows that are read before it is known how large they are. */
const ROWS_AT_ONCE = 100
/** Beyond the limits that stand here, this share of all functions has to have changed for the index to be kept again. */
const KEEP_AFTER_SHARE = 0.02

type Limits = {
  /** The largest total that a search counts exactly, and ranks. */
  countLimit?: number
  /** So many changes are read again at the next start rather than kept now. */
  keepAfter?: number
  /** So many slots that are no longer live, beyond twice the live ones, make an index worth renewing. */
  wornAfter?: number
}

/** Reads the list into memory: from the file beside the database in which an earlier process kept it, and what changed since. */
export function openListReader(
  path: string,
  { countLimit = SEARCH_COUNT_LIMIT, keepAfter = 2_000, wornAfter = 50_000 }: Limits = {},
): ListReader {
  const isWorn = ({ slots, liveCount }: ListIndex) => slots > wornAfter + 2 * liveCount
  const database = openReadOnly(path)
  const keptPath = join(dirname(path), 'list-index')
  let present = database.transaction(() => {
    const kept = keptIndex(keptPath, database)
    const followed = follower(database, kept && !isWorn(kept) ? kept : newListIndex(countFunctions(database)))
    followed.follow()
    return followed
  })()
  const catalogues = catalogueFollower(database)
  let renewed: Followed | undefined
  orderBy(present.index, newestFirst.column, newestFirst.descending)

  // One statement for all rows of a page is ten times as quick as one for each.
  const byIds = database.prepare<[string], FunctionItemRow & { id: number }>(
    `SELECT f.id, ${functionItemColumns} FROM json_each(?) wanted CROSS JOIN ${functionItemTables} WHERE f.id = wanted.value ORDER BY wanted.key`,
  )
  const bare = database.prepare<[number], FunctionItemRow & { id: number }>(
    `SELECT ${bareFunctionColumns} FROM function f WHERE f.id = ?`,
  )
  /** A row that a damaged page is in the way of, as far as it can be read. */
  const salvaged = (id: number) =>
    readOr(
      () => byIds.all(JSON.stringify([id])).map((row) => ({ row, toItem: toFunctionItem })),
      () =>
        readOr(
          () => bare.all(id).map((row) => ({ row, toItem: toBareItem })),
          () => [],
        ),
    )
  function items(ids: Float64Array): { rows: FunctionItem[]; taken: number } {
    const rows: FunctionItem[] = []
    let size = 0
    for (let taken = 0; taken < ids.length; taken += ROWS_AT_ONCE) {
      const some = [...ids.subarray(taken, taken + ROWS_AT_ONCE)]
      const read = readOr(
        () => byIds.all(JSON.stringify(some)).map((row) => ({ row, toItem: toFunctionItem })),
        () => some.flatMap(salvaged),
      )
      for (const { row, toItem } of read) {
        size += sizeOf(row)
        if (size > PAGE_BYTES && rows.length > 0) return { rows, taken: ids.indexOf(row.id) }
        rows.push(toItem(row))
      }
    }
    return { rows, taken: ids.length }
  }

  const page = database.transaction((query: ListingQuery) => {
    present.follow()
    const { ids, total, capped } = answer(present.index, query, catalogues(), countLimit)
    const { rows, taken } = items(ids)
    return { rows, total, capped, cut: taken < ids.length }
  })
  const ids = database.transaction(({ Limit: _, ...query }: ListingQuery) => {
    present.follow()
    return answer(present.index, query, catalogues(), countLimit).ids
  })

  const uuids = database.transaction(({ Limit: _, ...query }: ListingQuery) => {
    present.follow()
    const index = query.inTrash ? trashIndex(database) : present.index
    const slotOf = index.slotOf.values
    return Array.from(answer(index, query, catalogues(), countLimit).ids, (id) =>
      uuidOf(index.columns, slotOf[id] ?? 0),
    )
  })

  /** A worn index is replaced by one that is made anew beside it, step by step. */
  function renew(): boolean {
    if (!renewed && !isWorn(present.index)) return false
    renewed ??= follower(database, newListIndex(present.index.liveCount))
    if (renewed.follow(CHANGES_AT_ONCE) < CHANGES_AT_ONCE) {
      present = renewed
      renewed = undefined
    }
    return true
  }

  const manyChanges = database
    .prepare<[number, number], number>('SELECT count(*) FROM (SELECT 1 FROM list_change WHERE change > ? LIMIT ?)')
    .pluck()

  let keeps = true
  function keep(): boolean {
    if (!keeps) return false
    const enough = Math.ceil(Math.max(keepAfter, present.index.liveCount * KEEP_AFTER_SHARE))
    if ((manyChanges.get(keptChange(keptPath), enough) ?? 0) < enough) return false
    try {
      keepIndex(present.index, keptPath)
    } catch {
      // Nothing depends on it; a disk that is full, or a folder that cannot be written, is others' to tell.
      keeps = false
    }
    return true
  }

  return {
    page: (query) => page.deferred(query),
    ids: (query) => ids.deferred(query),
    uuids: (query) => uuids.deferred(query),
    items: (ids) => items(ids),
    keepUp: () => present.follow(CHANGES_AT_ONCE) === CHANGES_AT_ONCE,
    tidy: () => prepareOrder(present.index) || renew() || keep(),
    close: () => database.close(),
  }
}

type Followed = { index: ListIndex; follow: (limit?: number) => number }

function follower(database: Database, index: ListIndex): Followed {
  return { index, follow: changeFollower(database, index) }
}

function countFunctions(database: Database): number {
  return database.prepare<[], number>('SELECT count(*) FROM list_change').pluck().get() ?? 0
}
