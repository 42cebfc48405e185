import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ListingQuery, orderColumns } from '../../../src-contract/contract/functions/listing.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { type ListReader, openListReader } from './list-reader.ts'
import type { ListRecord } from './list-record.ts'
import { arbitraryQuery, arbitraryRecord, arbitraryRecords } from './testing/arbitrary.ts'
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
  reader = openListReader(store.path, { countLimit: COUNT_LIMIT })
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

test('so they are in a list of many functions, where sets are bits and orders are kept', () => {
  const records = fc.sample(arbitraryRecord, { numRuns: 1_500, seed: 3 }).map((record, at) => ({
    ...record,
    id: at + 1,
    uuid: `${(at * 2_654_435_761).toString(16).padStart(12, '0').slice(-8)}-0000-4000-8000-000000000000`,
  }))
  replaceAll(records)
  const terms = [...orderColumns].flatMap((column) => [true, false].map((descending) => ({ column, descending })))
  for (const term of terms)
    for (const Offset of [0, 700, 1_490]) expectSame(records, { OrderBy: [term], Offset, Limit: 20 })
  fc.assert(
    fc.property(arbitraryQuery, fc.nat({ max: 1_500 }), (query, Offset) => expectSame(records, { ...query, Offset })),
    { numRuns: 60, endOnFailure: true },
  )
})

type Step = {
  kind: 'add' | 'trash' | 'undelete' | 'erase' | 'rewrite' | 'rename' | 'run' | 'look'
  id: number
  record: Row
}
type Row = Omit<ListRecord, 'id' | 'uuid'>

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add', 'add', 'trash', 'undelete', 'erase', 'rewrite', 'rename', 'run', 'look'),
  id: fc.integer({ min: 1, max: 30 }),
  record: arbitraryRecord,
})

test('whatever happens to functions, the next page is of their present state', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(arbitraryQuery, { minLength: 10 }), (steps, queries) => {
      replaceAll([])
      const live = new Map<number, ListRecord>()
      const trash = new Map<number, ListRecord>()
      const apply = changes(live, trash)
      steps.forEach((one, at) => {
        apply(one)
        const query = queries[at % queries.length]
        if (query) expectSame([...live.values()], query)
      })
      const fresh = openListReader(store.path, { countLimit: COUNT_LIMIT })
      for (const query of queries) expect(fresh.page(query)).toEqual(reader.page(query))
      fresh.close()
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

/** Does a step in the database and in the model of it. */
function changes(live: Map<number, ListRecord>, trash: Map<number, ListRecord>): (step: Step) => void {
  const uuidOf = (id: number) => `${String(id).padStart(8, '0')}-0000-4000-8000-000000000000`
  const set = (id: number, assignment: string) =>
    store.database.exec(`UPDATE function SET ${assignment} WHERE id = ${id}`)
  const move = (from: Map<number, ListRecord>, to: Map<number, ListRecord>, id: number) => {
    const record = from.get(id)
    if (record) to.set(id, record)
    from.delete(id)
  }
  return ({ kind, id, record }) => {
    const present = live.get(id)
    const next = { ...record, id, uuid: uuidOf(id) }
    if (kind === 'look') reader.keepUp()
    else if (kind === 'erase') {
      writer.erase(id)
      live.delete(id)
      trash.delete(id)
    } else if (kind === 'trash') {
      set(id, "deleted_at = '2026-05-05T00:00:00.000Z'")
      move(live, trash, id)
    } else if (kind === 'undelete') {
      set(id, 'deleted_at = NULL')
      move(trash, live, id)
    } else if (kind === 'rename' && present) {
      store.database
        .prepare('UPDATE function SET name = ?, fields = ? WHERE id = ?')
        .run(record.name, '{"accuracy":2}', id)
      live.set(id, { ...present, name: record.name, fields: { accuracy: 2 } })
    } else if (kind === 'run' && present) {
      set(id, `runs = ${Number(record.starred)}`)
      store.database.exec(`INSERT OR IGNORE INTO function_device VALUES ('mxa', ${id})`)
      live.set(id, { ...present, runs: record.starred, devices: [...new Set([...present.devices, 'mxa'])] })
    } else if (kind === 'rewrite' && present) {
      store.change(() => {
        writer.erase(id)
        writer.write(next)
      })
      live.set(id, next)
    } else if (kind === 'add' && !present && !trash.has(id)) {
      store.change(() => writer.write(next))
      live.set(id, next)
    }
  }
}

test('an index worn by many changes is made anew without anybody seeing it, and kept', () => {
  replaceAll(
    fc.sample(arbitraryRecord, { numRuns: 30, seed: 5 }).map((record, at) => ({
      ...record,
      id: at + 1,
      uuid: `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000`,
    })),
  )
  const tidy = openListReader(store.path, { wornAfter: 50, keepAfter: 10 })
  for (let round = 0; round < 9; round++) {
    store.database.exec('UPDATE function SET starred = 1 - starred')
    expect(tidy.page({})).toEqual(reader.page({}))
    while (round % 2 === 0 && tidy.tidy());
  }
  expect(tidy.page({})).toEqual(reader.page({}))
  tidy.close()
  // What was kept is not worn, or it would not be taken.
  expect(readdirSync(directory)).toContain('list-index')
  const next = openListReader(store.path, { wornAfter: 50 })
  expect(next.page({})).toEqual(reader.page({}))
  next.close()
})
