import type { Database } from 'better-sqlite3'
import { type ListingQuery, newestFirst } from '../../../src-contract/contract/functions/listing.ts'
import type { FunctionPage } from '../../reader/tasks/list-tasks.ts'
import { fittingPage } from '../../store/page-size.ts'
import {
  type FunctionItemRow,
  functionItemColumns,
  functionItemTables,
  sizeOf,
  toFunctionItem,
} from '../../store/repositories/function-row.ts'

/** Rows that SQLite finds without an index of ours as quickly as with it. */
const NEAR = 2_000

/** Whether a query asks for some of the newest functions and nothing more: what a window shows first. */
export function isPlain(query: ListingQuery): boolean {
  const { Offset = 0, Limit = Number.POSITIVE_INFINITY, OrderBy = [newestFirst], ...rest } = query
  const [first, ...others] = OrderBy
  const isNewest = first?.column === newestFirst.column && first.descending && others.length === 0
  return isNewest && Offset + Limit <= NEAR && Object.values(rest).every((value) => value === undefined)
}

/** The same page as a list reader gives, from the database alone: for as long as none has read the list into its memory. */
export function plainPage(database: Database, { Offset = 0, Limit = NEAR }: ListingQuery): FunctionPage {
  return database.transaction(() => {
    const page = database
      .prepare<[number, number], FunctionItemRow>(
        `SELECT ${functionItemColumns} FROM (
           SELECT id FROM function WHERE deleted_at IS NULL ORDER BY updated_at DESC, uuid LIMIT ? OFFSET ?
         ) page CROSS JOIN ${functionItemTables} WHERE f.id = page.id ORDER BY f.updated_at DESC, f.uuid`,
      )
      .iterate(Limit, Offset)
    const { rows, cut } = fittingPage(page, sizeOf)
    const total = database.prepare<[], number>('SELECT count(*) FROM function WHERE deleted_at IS NULL').pluck().get()
    return { rows: rows.map(toFunctionItem), total: total ?? 0, capped: false, cut }
  })()
}
