import { copyFileSync, cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { databasePath, openStore } from './open-store.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-store-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a damaged file is refused with a sentence that says what to do, and is left as it is', () => {
  writeFileSync(databasePath(directory), 'this is not an SQLite file at all, whatever its name says'.repeat(100))
  expect(() => openStore(directory)).toThrow(/not an SQLite file. Restore a backup/)
})

test('a change that throws changes nothing', () => {
  const store = openStore(directory)
  const count = () => store.database.prepare('SELECT count(*) FROM setting').pluck().get()
  expect(() =>
    store.change(() => {
      store.database.prepare("INSERT INTO setting VALUES ('a', '1')").run()
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(count()).toBe(0)
  store.close()
})

test('a full database is a Problem that says so', () => {
  const store = openStore(directory)
  store.database.pragma('max_page_count = 1')
  const fill = () =>
    store.change(() => store.database.prepare("INSERT INTO setting VALUES ('a', ?)").run('x'.repeat(1_000_000)))
  expect(fill).toThrow(expect.objectContaining({ code: 'storage-full' }))
  store.close()
})

test('the log is written back at the end, so that the one file holds everything', () => {
  const store = openStore(directory)
  store.change(() => store.database.prepare("INSERT INTO setting VALUES ('a', '1')").run())
  store.close()
  rmSync(`${databasePath(directory)}-wal`, { force: true })
  const again = openStore(directory)
  expect(again.database.prepare('SELECT value FROM setting').pluck().get()).toBe('1')
  again.close()
})

test('it is closed even where its log cannot be written into the main file, as on a full disk, and nothing is lost', () => {
  const store = openStore(directory)
  store.change(() => store.database.prepare("INSERT INTO setting VALUES ('a', '1')").run())
  // SQLite refuses that within a transaction.
  store.database.exec('BEGIN')
  store.close()
  expect(store.database.open).toBe(false)
  const again = openStore(directory)
  expect(again.database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
  again.close()
})

// Windows lets nobody delete or move what is open.
test.skipIf(process.platform === 'win32').each<[string, (path: string) => void]>([
  ['its folder is deleted', () => rmSync(directory, { recursive: true })],
  [
    'another folder takes its place',
    () => {
      cpSync(directory, `${directory}-copy`, { recursive: true })
      rmSync(directory, { recursive: true })
      renameSync(`${directory}-copy`, directory)
    },
  ],
  ['the database is deleted', (path) => rmSync(path)],
  ['the log is deleted', (path) => rmSync(`${path}-wal`)],
  [
    'another database takes its place',
    (path) => {
      copyFileSync(path, `${path}.copy`)
      renameSync(`${path}.copy`, path)
    },
  ],
])('acknowledges no change where %s', (_, lose) => {
  const store = openStore(directory)
  const insert = (name: string) => store.database.prepare("INSERT INTO setting VALUES (?, '1')").run(name)
  store.change(() => insert('a'))
  lose(store.path)
  expect(() => store.change(() => insert('b'))).toThrow('was deleted or replaced')
  expect(store.database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
  store.close()
})
