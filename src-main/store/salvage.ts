import BetterSqlite, { type Database } from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'

/** Whether SQLite could not read its file, in part or as a whole: its own error, or the problem that tells of it. */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof Problem ? error.cause : error
  return cause instanceof BetterSqlite.SqliteError && /^SQLITE_(CORRUPT|IOERR|NOTADB)/.test(cause.code)
}

/** What a read gives, or what there is `instead` where the pages that it needs are damaged. */
export function readOr<Value>(read: () => Value, instead: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!isDamage(error)) throw error
    return instead()
  }
}

/**
 * The different values of a column, from as much of a table as can be read: from both ends, in its own order and in that of each of its indexes. A damaged
 * page is rarely in the way of all of them.
 */
export function salvageColumn<Value extends string | number>(
  database: Database,
  table: string,
  column: string,
): Value[] {
  const indexes = readOr(
    () =>
      database
        .prepare<[string], { name: string; key: string }>(
          'SELECT l.name, i.name AS key FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l.partial = 0 AND i.seqno = 0',
        )
        .all(table),
    () => [],
  )
  const orders = [
    'NOT INDEXED ORDER BY rowid',
    ...indexes.map(({ name, key }) => `INDEXED BY "${name}" ORDER BY "${key}"`),
  ]
  const found = new Set<Value>()
  for (const order of orders.flatMap((one) => [one, `${one} DESC`])) {
    const rows = database.prepare<[], Value>(`SELECT "${column}" FROM "${table}" ${order}`).pluck()
    readOr(
      () => {
        for (const value of rows.iterate()) found.add(value)
      },
      () => {},
    )
  }
  return [...found]
}
