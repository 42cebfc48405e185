import { join } from 'node:path'
import Database from 'better-sqlite3'

/** What SQLite by itself can still read of a cabinet. */
export type Content = {
  /** Names of the models outside the trash, by their UUIDs. */
  models: ReadonlyMap<string, string>
  /** The rows of each table as text; undefined for one that cannot be read to its end. */
  tables: ReadonlyMap<string, string | undefined>
}

/** What follows from other tables, or is SQLite's own. */
const DERIVED = /^(?:list_change|sqlite_.*)$/

export function contentOf(folder: string): Content {
  const models = new Map<string, string>()
  const tables = new Map<string, string | undefined>()
  let database: Database.Database | undefined
  try {
    database = new Database(join(folder, 'cabinet.db'))
    const named = database.prepare<[number], { uuid: string; name: string }>(
      'SELECT uuid, name FROM function NOT INDEXED WHERE id = ? AND deleted_at IS NULL',
    )
    for (let id = 1; id <= 100; id++) {
      const row = readable(() => named.get(id))
      if (row) models.set(row.uuid, row.name)
    }
    for (const name of database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all()) {
      if (DERIVED.test(name)) continue
      tables.set(
        name,
        readable(() => JSON.stringify(database?.prepare(`SELECT * FROM "${name}"`).raw().all())),
      )
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  } finally {
    database?.close()
  }
  return { models, tables }
}

function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined
    throw error
  }
}
