import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, versionOf } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

let directory: string
let database: Database.Database

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-migrate-'))
  database = new Database(join(directory, 'cabinet.db'))
})
afterEach(() => {
  database.close()
  rmSync(directory, { recursive: true, force: true })
})

const first: Migration = {
  version: 1,
  name: 'first',
  up: (db) => db.exec('CREATE TABLE a (x); INSERT INTO a VALUES (1)'),
}
const second: Migration = { version: 2, name: 'second', up: (db) => db.exec('ALTER TABLE a ADD COLUMN y') }
const failing: Migration = {
  version: 3,
  name: 'failing',
  up(db) {
    db.exec('DROP TABLE a')
    db.exec('no SQL')
  },
}
const backup = (version: number) => join(directory, `cabinet.db.v${version}.backup`)

test('a failing step rolls back, keeps the last good version and says so', () => {
  expect(() => migrate(database, [first, second, failing])).toThrow(/version 3 \(failing\).*unchanged, at version 2/)
  expect(versionOf(database)).toBe(2)
  expect(database.prepare('SELECT x FROM a').pluck().all()).toEqual([1])
})

test('a step that leaves a row without the row it refers to is rolled back; one that makes such a table again is not', () => {
  const tables: Migration = {
    version: 1,
    name: 'tables',
    up: (db) =>
      db.exec(
        'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a ON DELETE CASCADE); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)',
      ),
  }
  const rows =
    'CREATE TABLE next (id INTEGER PRIMARY KEY); INSERT INTO next SELECT * FROM a; DROP TABLE a; ALTER TABLE next RENAME TO a'
  const again: Migration = { version: 2, name: 'again', up: (db) => db.exec(rows) }
  migrate(database, [tables, again])
  expect(database.prepare('SELECT a FROM b').pluck().all()).toEqual([1])
  const breaking: Migration = { version: 3, name: 'breaking', up: (db) => db.exec('DELETE FROM a') }
  expect(() => migrate(database, [tables, again, breaking])).toThrow(/version 3 \(breaking\).*unchanged, at version 2/)
  expect(() => database.exec('DELETE FROM b; INSERT INTO b VALUES (5)')).toThrow('FOREIGN KEY')
})

test('a file of a newer program is refused and not touched', () => {
  database.pragma('user_version = 99')
  expect(() => migrate(database, [first])).toThrow(/newer Model Cabinet/)
  expect(versionOf(database)).toBe(99)
  expect(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
})

test('a new file needs no backup; an older one with data is copied whole before its first step', () => {
  migrate(database, [first])
  expect(existsSync(backup(0))).toBe(false)
  migrate(database, [first, second])
  const copy = new Database(backup(1), { readonly: true })
  expect(versionOf(copy)).toBe(1)
  expect(copy.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }])
  copy.close()
})

test.each(['', 'half of a copy'])('a copy that was cut off (%j) is made again, and trusted by nobody', (half) => {
  migrate(database, [first])
  writeFileSync(backup(1), half)
  writeFileSync(`${backup(1)}.part`, half)
  migrate(database, [first, second])
  const copy = new Database(backup(1), { readonly: true })
  expect(copy.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }])
  copy.close()
  expect(existsSync(`${backup(1)}.part`)).toBe(false)
})

test('running again changes nothing', () => {
  migrate(database, [first])
  migrate(database, [first])
  expect(database.prepare('SELECT count(*) FROM a').pluck().get()).toBe(1)
  expect(existsSync(backup(1))).toBe(false)
})

test('the steps of the program count from 1 without a gap and make a sound database', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
  migrate(database)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
})
