import { existsSync } from 'node:fs'
import BetterSqlite, { type Database } from 'better-sqlite3'
import { z } from 'zod'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { copyDatabase } from './copy-database.ts'
import { rowDigests } from './migrations/0012-row-digests.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { takeRowDigests } from './row-digests.ts'

/** The schema's version in a database file; 0 in a new one. */
export function versionOf(database: Database): number {
  return z.int().parse(database.pragma('user_version', { simple: true }))
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own. Before the first step on a file that
 * holds data, a complete copy is written to `<file>.v<version>.backup`, unless the file is a copy itself. A step that breaks a foreign key fails.
 * @throws Problem `unavailable` when the file was written by a newer program or a step fails; the file then stays at the last good step.
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[] = allMigrations,
  { keepsCopy = true }: { keepsCopy?: boolean } = {},
): void {
  const from = versionOf(database)
  const newest = migrations.at(-1)?.version ?? 0
  if (from > newest) {
    throw new Problem(
      'unavailable',
      `This cabinet was written by a newer Model Cabinet (its data has version ${from}, this program knows ${newest}). Update the program; nothing was changed.`,
    )
  }
  if (from === newest) return
  if (from > 0 && keepsCopy) keepCopy(database, from)
  // A step may make a table again, and with the keys in force SQLite would empty those that refer to it.
  const keys = database.pragma('foreign_keys', { simple: true })
  database.pragma('foreign_keys = OFF')
  try {
    for (const step of migrations.filter(({ version }) => version > from)) run(database, step, newest)
  } finally {
    database.pragma(`foreign_keys = ${keys}`)
  }
}

function run(database: Database, step: Migration, newest: number): void {
  try {
    database.transaction(() => {
      const before = strayRows(database)
      step.up(database)
      if (strayRows(database) > before) throw new Error('rows would refer to rows that are gone')
      if (step.version === newest && newest >= rowDigests.version) takeRowDigests(database)
      database.pragma(`user_version = ${step.version}`)
    })()
  } catch (cause) {
    throw new Problem(
      'unavailable',
      `The cabinet's data could not be brought to version ${step.version} (${step.name}): ${cause instanceof Error ? cause.message : String(cause)}. It is unchanged, at version ${step.version - 1}.`,
      { cause },
    )
  }
}

/** Rows that refer to a row that is not there: none, unless the file was damaged before. */
function strayRows(database: Database): number {
  return database.prepare('PRAGMA foreign_key_check').all().length
}

/** An earlier copy of the same version is of the same state or older, and kept where it is whole: it is the one before the first attempt. */
function keepCopy(database: Database, version: number): void {
  const path = `${database.name}.v${version}.backup`
  if (!isWhole(path, version)) copyDatabase(database, path)
}

function isWhole(path: string, version: number): boolean {
  if (!existsSync(path)) return false
  try {
    const copy = new BetterSqlite(path, { readonly: true })
    try {
      return versionOf(copy) === version && copy.pragma('quick_check(1)', { simple: true }) === 'ok'
    } finally {
      copy.close()
    }
  } catch {
    // Half a copy, as a version left it that gave it its name too early.
    return false
  }
}
