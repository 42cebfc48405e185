import type { Database } from 'better-sqlite3'
import { type FieldInUse, LISTED_FIELDS } from '../../../src-contract/contract/functions/field-in-use.ts'
import { type OptionInUse, OptionName, options } from '../../../src-contract/contract/functions/option.ts'
import { LISTED_SOURCES, type Source } from '../../../src-contract/contract/functions/source.ts'
import type { Statistics } from '../../../src-contract/contract/functions/statistics.ts'
import { readOr } from '../salvage.ts'

/** Numbers over all live functions (operation 7). `monthAgo` is the time from which the last 30 days count. */
export function readStatistics(database: Database, monthAgo: string): Statistics {
  const live = 'FROM function WHERE deleted_at IS NULL'
  const one = <Value>(sql: string, ...values: string[]) =>
    database
      .prepare<string[], Value>(sql)
      .pluck()
      .get(...values)
  return {
    FirstInsertedAt: one<string | null>(`SELECT min(inserted_at) ${live}`) ?? null,
    FirstUpdatedAt: one<string | null>(`SELECT min(updated_at) ${live}`) ?? null,
    LastInsertedAt: one<string | null>(`SELECT max(inserted_at) ${live}`) ?? null,
    LastUpdatedAt: one<string | null>(`SELECT max(updated_at) ${live}`) ?? null,
    NumberOfEvents: one<number>('SELECT count(*) FROM event') ?? 0,
    NumberOfEventsLast30: one<number>('SELECT count(*) FROM event WHERE at >= ?', monthAgo) ?? 0,
    Total: one<number>(`SELECT count(*) ${live}`) ?? 0,
  }
}

/** The options of the name convention in the order of the document, with how many functions use each on its own side (operation 16). */
export function readOptions(database: Database): OptionInUse[] {
  const counts = database
    .prepare<[], { kind: string; name: string; count: number }>(`
      SELECT p.kind, p.name, count(*) AS count FROM property p JOIN function f ON f.id = p.function_id
      WHERE f.deleted_at IS NULL GROUP BY p.kind, p.name`)
    .all()
  return OptionName.options.map((name) => {
    const { kind, label } = options[name]
    const found = counts.find((row) => row.kind === kind && row.name === name)
    return { Name: name, Label: label, Kind: kind, ...(found && { Count: found.count }) }
  })
}

/** The source names and addresses in use (operation 17), by name. */
export function readSources(database: Database): Source[] {
  return database
    .prepare<[number], Source>(`
      SELECT * FROM (
        SELECT source_name AS Name, source_url AS Url, count(*) AS Count FROM function
        WHERE deleted_at IS NULL AND (source_name IS NOT NULL OR source_url IS NOT NULL)
        GROUP BY source_name, source_url ORDER BY count(*) DESC, source_name, source_url LIMIT ?
      ) ORDER BY Name COLLATE NOCASE, Url`)
    .all(LISTED_SOURCES)
}

/**
 * The names of custom fields that live functions have, by name. All are counted along the index and those of the trash taken off,
 * which takes a twentieth of asking each function whether it is live.
 */
export function readFields(database: Database): FieldInUse[] {
  const fields = database
    .prepare<[number], FieldInUse>(`
      SELECT name AS Name, sum(count) AS Count, sum(numbers) AS Numbers FROM (
        SELECT name, count(*) AS count, sum(numeric) AS numbers FROM function_field GROUP BY name
        UNION ALL
        SELECT x.name, -count(*), -sum(x.numeric) FROM function f JOIN function_field x ON x.function_id = f.id
        WHERE f.deleted_at IS NOT NULL GROUP BY x.name
      ) GROUP BY name HAVING sum(count) > 0 ORDER BY sum(count) DESC, name LIMIT ?`)
    .all(LISTED_FIELDS)
  return fields.sort((one, other) => (one.Name < other.Name ? -1 : 1))
}

/** What SQLite finds wrong in its own file, in its words; empty if there is no problem. */
export function readIntegrity(database: Database): string[] {
  const found = readOr(
    () => database.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all(),
    () => ['database disk image is malformed'],
  )
  const strays = readOr(
    () => database.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all(),
    // Then there is a damaged page, which is found above.
    () => [],
  )
  return [
    ...found.filter((line) => line !== 'ok'),
    ...strays.slice(0, 20).map(({ table, parent }) => `A row of ${table} names a row of ${parent} that is not there.`),
  ]
}

/** The first thing that SQLite's quick check finds wrong; null where it finds nothing. */
export function readQuickCheck(database: Database): string | null {
  const found = database.prepare<[], string>('PRAGMA quick_check(1)').pluck().get()
  return found === undefined || found === 'ok' ? null : found
}
