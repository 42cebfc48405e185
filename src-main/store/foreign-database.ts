import Database from 'better-sqlite3'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { migrate, versionOf } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/** Kept by SQLite itself; what is in them can do no harm. */
const OF_SQLITE = ['sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4']

/**
 * Opens a database that somebody else may have made to do harm, only reading, and refuses one that is not built exactly as this program builds it:
 * a view in the place of a table, a trigger or a generated column would run what its maker wrote.
 * @throws Problem `invalid`; SQLite's own errors
 */
export function checkForeignDatabase(path: string): void {
  const database = new Database(path, { readonly: true, fileMustExist: true })
  try {
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('mmap_size = 0')
    const version = versionOf(database)
    const known = migrations.filter((step) => step.version <= version)
    const isOlder = version <= (migrations.at(-1)?.version ?? 0)
    if (isOlder && schemaOf(database) !== schemaMadeBy(known)) {
      throw new Problem(
        'invalid',
        'The database is not built as this program builds it: it was not made by Model Cabinet.',
      )
    }
    if (database.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
      throw new Problem('invalid', 'The database is damaged.')
    }
  } finally {
    database.close()
  }
}

function schemaMadeBy(steps: typeof migrations): string {
  const database = new Database(':memory:')
  try {
    migrate(database, steps)
    return schemaOf(database)
  } finally {
    database.close()
  }
}

function schemaOf(database: Database.Database): string {
  return database
    .prepare<[], { type: string; name: string; tbl_name: string; sql: string | null }>(
      'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name, tbl_name',
    )
    .all()
    .filter(({ type, name }) => type !== 'table' || !OF_SQLITE.includes(name))
    .map(({ type, name, tbl_name, sql }) => JSON.stringify([type, name, tbl_name, sql]))
    .join('\n')
}
