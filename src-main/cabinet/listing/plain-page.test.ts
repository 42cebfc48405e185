import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openListReader } from '../../reader/list/list-reader.ts'
import { arbitraryRecord } from '../../reader/list/testing/arbitrary.ts'
import { recordWriter } from '../../reader/list/testing/write-record.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { isPlain, plainPage } from './plain-page.ts'

let directory: string
let store: Store

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plain-page-'))
  store = openStore(directory)
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

test('it is the page that the index gives, row for row, among equal moments and the deleted', () => {
  const writer = recordWriter(store.database)
  store.change(() => {
    fc.sample(arbitraryRecord, { numRuns: 300, seed: 11 }).forEach((record, at) => {
      writer.write({
        ...record,
        id: at + 1,
        uuid: `${String((at * 7919) % 1000).padStart(8, '0')}-0000-4000-8000-000000000000`,
      })
    })
    store.database.exec("UPDATE function SET updated_at = '2026-02-02T00:00:00.000Z' WHERE id % 3 = 0")
    store.database.exec("UPDATE function SET deleted_at = '2026-02-03T00:00:00.000Z' WHERE id % 7 = 0")
  })
  const reader = openListReader(store.path)
  try {
    for (const query of [
      { Limit: 50 },
      { Offset: 100, Limit: 100 },
      { Offset: 250, Limit: 100 },
      { Offset: 900, Limit: 1 },
    ])
      expect(plainPage(store.database, query)).toEqual(reader.page(query))
  } finally {
    reader.close()
  }
})

test('only what asks for nothing else is plain', () => {
  expect(isPlain({ Limit: 100, Offset: 0 })).toBe(true)
  expect(isPlain({ Limit: 100, q: undefined })).toBe(true)
  // As the window asks.
  expect(isPlain({ Limit: 100, OrderBy: [{ column: 'UpdatedAt', descending: true }] })).toBe(true)
  expect(isPlain({ Limit: 100, OrderBy: [{ column: 'UpdatedAt', descending: false }] })).toBe(false)
  expect(isPlain({ Limit: 100, q: 'a' })).toBe(false)
  expect(isPlain({ Limit: 100, Starred: true })).toBe(false)
  // As good as all of them: a stream reads those.
  expect(isPlain({})).toBe(false)
  expect(isPlain({ Limit: 100, Offset: 50_000 })).toBe(false)
})
