import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from './open-store.ts'

// Protects everybody else from a change that has to wait: SQLite waits in the thread that answers all of them.

let directory: string
let store: Store
let other: Database.Database

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-store-'))
  store = openStore(directory)
  other = new Database(store.path)
  other.exec('BEGIN IMMEDIATE')
})
afterEach(() => {
  other.close()
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const write = () => store.change(() => store.database.prepare("INSERT INTO setting VALUES ('a', '1')").run())

test('while another program writes, who waits is told when it has ended', async () => {
  let over = false
  const waits = [store.writeLock.whenFree(), store.writeLock.whenFree()]
  const all = Promise.all(waits).then(() => {
    over = true
  })
  for (let turn = 0; turn < 10; turn++) await nextTurn()
  expect(over).toBe(false)
  expect(store.writeLock.isFree()).toBe(false)
  other.exec('ROLLBACK')
  await all
  write()
})

test('a change that does not ask is refused before it has done anything', () => {
  let begun = false
  expect(() =>
    store.change(() => {
      begun = true
    }),
  ).toThrow(expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('locked the cabinet') }))
  expect(begun).toBe(false)
})

test('nobody waits longer than they will', async () => {
  const locked = expect.objectContaining({ code: 'unavailable' })
  await expect(store.writeLock.whenFree({ limit: 1 })).rejects.toEqual(locked)
  const stopping = new AbortController()
  const waiting = store.writeLock.whenFree({ signal: stopping.signal })
  stopping.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
})

test('a closed file and one that is being written to by oneself keep nobody waiting', async () => {
  other.exec('ROLLBACK')
  store.change(() => expect(store.writeLock.isFree()).toBe(true))
  store.close()
  await store.writeLock.whenFree()
})
