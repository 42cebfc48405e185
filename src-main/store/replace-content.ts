import type { Database } from 'better-sqlite3'

/** Tables that a restore replaces, each after those it refers to. Tokens, jobs, watched folders and settings are this machine's and stay. */
const tables = [
  'organisation',
  'catalogue',
  'function',
  'function_long',
  'function_catalogue',
  'blob',
  'download',
  'function_path',
  'function_device',
  'inspection',
  'property',
  'function_field',
  'revision',
  'revision_blob',
  'event',
  'link',
  'benchmark',
] as const

/**
 * Replaces the content of a cabinet's database by that of another file of the same version, in one transaction; `also` is part of it.
 * Readers see either the one or the other.
 */
export function replaceContent(database: Database, path: string, also: () => void): void {
  database.prepare('ATTACH ? AS restored').run(path)
  try {
    database
      .transaction(() => {
        database.pragma('defer_foreign_keys = ON')
        for (const table of [...tables].reverse()) database.exec(`DELETE FROM main."${table}"`)
        for (const table of tables) {
          const columns = columnsOf(database, table)
            .map((name) => `"${name}"`)
            .join(', ')
          database.exec(`INSERT INTO main."${table}" (${columns}) SELECT ${columns} FROM restored."${table}"`)
        }
        // The triggers have counted once more what was copied with its counts.
        database.exec(`
          UPDATE main.catalogue SET function_count =
            (SELECT count(*) FROM main.function_catalogue m WHERE m.catalogue_id = catalogue.id AND m.live = 1);
          UPDATE main.function SET catalogue_count = r.catalogue_count
            FROM restored.function r WHERE r.id = function.id AND r.catalogue_count <> function.catalogue_count`)
        also()
      })
      .immediate()
  } finally {
    database.exec('DETACH restored')
  }
}

function columnsOf(database: Database, table: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
}
