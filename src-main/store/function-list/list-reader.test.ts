import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ListingQuery } from '../../../src-contract/listing.ts'
import { openStore, type Store } from '../open-store.ts'
import { type ListReader, openListReader } from './list-reader.ts'
import type { ListRecord } from './list-record.ts'
import { arbitraryQuery, arbitraryRecords } from './testing/arbitrary.ts'
import { referenceList } from './testing/reference-list.ts'
import { recordWriter } from './testing/write-record.ts'

/** So small that random catalogues have searches beyond it. */
const COUNT_LIMIT = 12

let directory: string
let store: Store
let writer: ReturnType<typeof recordWriter>
let reader: ListReader

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-list-'))
  store = openStore(directory)
  // Nothing here is to outlive the test.
  store.database.pragma('synchronous = OFF')
  writer = recordWriter(store.database)
  reader = openListReader(store.path, COUNT_LIMIT)
})
afterEach(() => {
  reader.close()
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

function replaceAll(records: readonly ListRecord[]): void {
  store.change(() => {
    store.database.exec('DELETE FROM function')
    for (const record of records) writer.write(record)
  })
}

function expectSame(records: readonly ListRecord[], query: ListingQuery): void {
  const { rows, total, capped } = reader.page(query)
  expect({ query, uuids: rows.map(({ UUID }) => UUID), total, capped }).toEqual({
    query,
    ...referenceList(records, query, COUNT_LIMIT),
  })
}

test('the rows, their order and their number are those of the slow reading of the contract', () => {
  fc.assert(
    fc.property(arbitraryRecords, fc.array(arbitraryQuery, { minLength: 20, maxLength: 20 }), (records, queries) => {
      replaceAll(records)
      for (const query of queries) expectSame(records, query)
    }),
    { numRuns: 60, endOnFailure: true },
  )
})
