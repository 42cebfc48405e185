import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type FunctionItem,
  FunctionItem as FunctionItemSchema,
} from '../../../src-contract/contract/functions/function.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { arbitraryRecord } from '../../reader/list/testing/arbitrary.ts'
import { recordWriter } from '../../reader/list/testing/write-record.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { createListing } from './listing.ts'

const COUNT = 450 // more than two batches of a stream

let directory: string
let store: Store
let listing: ReturnType<typeof createListing>

const uuidOf = (id: number) => `${String(id).padStart(8, '0')}-0000-4000-8000-000000000000`

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-listing-'))
  store = openStore(directory)
  const writer = recordWriter(store.database)
  store.change(() => {
    fc.sample(arbitraryRecord, { numRuns: COUNT, seed: 7 }).forEach((record, at) => {
      writer.write({ ...record, id: at + 1, uuid: uuidOf(at + 1) })
    })
  })
  listing = createListing({ spawn: spawnNode, databasePath: store.path, database: store.database, deadline: 60_000 })
})
afterEach(async () => {
  await listing.close()
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

async function collect(batches: AsyncIterable<FunctionItem[]>): Promise<FunctionItem[]> {
  const rows: FunctionItem[] = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

test('a search given up rejects at once with the reason, and the next one is answered by the same process', async () => {
  const before = await listing.list({ Limit: 1 }, {})
  const controller = new AbortController()
  const given = listing.list({ q: 'model' }, { signal: controller.signal })
  controller.abort(new Error('typed on'))
  await expect(given).rejects.toThrow('typed on')
  await expect(listing.list({ Limit: 1 }, {})).resolves.toEqual(before)
})

test('what is committed is listed by the very next request', async () => {
  await listing.list({ Limit: 1 }, {})
  store.database.exec("UPDATE function SET name = 'unheard of' WHERE id = 5")
  const found = await listing.list({ q: 'unheard' }, {})
  expect(found.rows.map(({ UUID }) => UUID)).toEqual([uuidOf(5)])
  store.database.exec("UPDATE function SET deleted_at = '2026-02-02T00:00:00.000Z' WHERE id = 5")
  expect(await listing.list({ q: 'unheard' }, {})).toMatchObject({ rows: [], total: 0, capped: false })
})

test('rows are objects of the contract', async () => {
  const { rows, total } = await listing.list({ Limit: 450 }, {})
  expect(total).toBe(COUNT)
  for (const row of rows) expect(FunctionItemSchema.safeParse(row).error).toBeUndefined()
})

test('a stream has every row once, in the order it began with, whatever changes while it is read', async () => {
  const expected = await listing.list({ OrderBy: [{ column: 'Name', descending: false }], Limit: 1000 }, {})
  const seen: string[] = []
  for await (const batch of listing.stream({ OrderBy: [{ column: 'Name', descending: false }], Limit: 3 }, {})) {
    seen.push(...batch.map(({ UUID }) => UUID))
    store.database.exec("UPDATE function SET name = 'a' || name, deleted_at = iif(id % 2, '2026-02-02', deleted_at)")
  }
  expect(seen).toEqual(expected.rows.map(({ UUID }) => UUID))
})

test('a stream begins at Offset, and ends with the reason where it is given up', async () => {
  const all = await collect(listing.stream({}, {}))
  expect(await collect(listing.stream({ Offset: 440 }, {}))).toEqual(all.slice(440))
  const controller = new AbortController()
  const stream = listing.stream({}, { signal: controller.signal })[Symbol.asyncIterator]()
  await stream.next()
  controller.abort(new Error('hung up'))
  await expect(stream.next()).rejects.toThrow('hung up')
})
