import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** What follows from other tables, or is SQLite's own. */
const DERIVED = ['list_change', 'row_digest']

type Tracked = { name: string; columns: string[]; keys: string[] }

function trackedTables(database: Database): Tracked[] {
  const names = database
    .prepare<[], string>(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all()
  const columns = database.prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
  return names
    .filter((name) => !DERIVED.includes(name))
    .map((name) => {
      const all = columns.all(name)
      const keys = all.filter(({ pk }) => pk > 0)
      return { name, columns: all.map((column) => column.name), keys: keys.map((column) => column.name) }
    })
}

const from = (row: string, columns: readonly string[]) => columns.map((column) => `${row}."${column}"`).join(', ')
const keyOf = (row: string, { keys }: Tracked) => `json_array(${from(row, keys)})`
const digestOf = (row: string, { columns }: Tracked) => `digest_of(${from(row, columns)})`

function defineDigest(database: Database): void {
  database.function('digest_of', { varargs: true, deterministic: true }, (...values: unknown[]) =>
    hash('sha256', JSON.stringify(values), 'buffer').subarray(0, 16),
  )
}

/**
 * From now on every row that this connection writes has its digest, in the same transaction. The triggers are this connection's own and not in the file: what
 * another program writes has none, or keeps that of the row as we wrote it.
 */
export function keepRowDigests(database: Database): void {
  defineDigest(database)
  for (const table of trackedTables(database)) {
    const { name } = table
    const forget = `DELETE FROM row_digest WHERE tbl = '${name}' AND row = ${keyOf('old', table)}`
    const note = `INSERT INTO row_digest (tbl, row, digest) VALUES ('${name}', ${keyOf('new', table)}, ${digestOf('new', table)})
      ON CONFLICT (tbl, row) DO UPDATE SET digest = excluded.digest`
    database.exec(`
      CREATE TEMP TRIGGER ${name}_noted AFTER INSERT ON main.${name} BEGIN ${note}; END;
      CREATE TEMP TRIGGER ${name}_renoted AFTER UPDATE ON main.${name} BEGIN
        ${forget} AND ${keyOf('old', table)} <> ${keyOf('new', table)};
        ${note};
      END;
      CREATE TEMP TRIGGER ${name}_forgotten AFTER DELETE ON main.${name} BEGIN ${forget}; END;`)
  }
}

/** Takes the digest of every row as it is: after a migration, which changes rows and what they have. */
export function takeRowDigests(database: Database): void {
  defineDigest(database)
  database.exec('DELETE FROM row_digest')
  for (const table of trackedTables(database)) {
    database.exec(
      `INSERT INTO row_digest (tbl, row, digest) SELECT '${table.name}', ${keyOf('t', table)}, ${digestOf('t', table)} FROM "${table.name}" t`,
    )
  }
}

/** A row that is not as the program wrote it. `uuid` and `name` are those of its function, where it belongs to one. */
type AlteredRow = {
  table: string
  row: string
  how: 'changed' | 'added' | 'removed'
  uuid: string | null
  name: string | null
}

/** Altered rows that are named; all are counted. */
const NAMED = 1_000

function nameIn(
  database: Database,
  { name, columns, keys }: Tracked,
  id: unknown,
): { uuid?: string; name: string } | undefined {
  if (!columns.includes('name')) return undefined
  return database.prepare<[unknown], { name: string }>(`SELECT name FROM "${name}" WHERE "${keys[0]}" = ?`).get(id)
}

/** Compares every row with its digest. A table that cannot be read is named, and the others are still looked at. */
export function alteredRows(database: Database): {
  rows: number
  altered: AlteredRow[]
  count: number
  unreadable: string[]
} {
  defineDigest(database)
  const found = { rows: 0, altered: [] as AlteredRow[], count: 0, unreadable: [] as string[] }
  const functionOf = database.prepare<[unknown], { uuid: string; name: string }>(
    'SELECT uuid, name FROM function WHERE id = ?',
  )
  const add = (table: Tracked, row: string, how: AlteredRow['how']) => {
    found.count++
    if (found.altered.length >= NAMED) return
    const [id]: unknown[] = JSON.parse(row)
    const isOfFunction = table.name === 'function' || table.keys[0] === 'function_id'
    const { uuid = null, name = null } = (isOfFunction ? functionOf.get(id) : nameIn(database, table, id)) ?? {}
    found.altered.push({ table: table.name, row, how, uuid, name })
  }
  for (const table of trackedTables(database)) {
    try {
      found.rows += database.prepare<[], number>(`SELECT count(*) FROM "${table.name}"`).pluck().get() ?? 0
      const changed = database.prepare<[], { row: string; isKnown: number }>(`
        SELECT ${keyOf('t', table)} AS row, d.digest IS NOT NULL AS isKnown FROM "${table.name}" t
        LEFT JOIN row_digest d ON d.tbl = '${table.name}' AND d.row = ${keyOf('t', table)} WHERE d.digest IS NOT ${digestOf('t', table)}`)
      for (const { row, isKnown } of changed.iterate()) add(table, row, isKnown ? 'changed' : 'added')
      const same = table.keys.map((key, at) => `t."${key}" = d.row ->> '$[${at}]'`).join(' AND ')
      const removed = database.prepare<[], string>(
        `SELECT d.row FROM row_digest d WHERE d.tbl = '${table.name}' AND NOT EXISTS (SELECT 1 FROM "${table.name}" t WHERE ${same})`,
      )
      for (const row of removed.pluck().iterate()) add(table, row, 'removed')
    } catch (error) {
      found.unreadable.push(
        `The table ${table.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  return found
}
