import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { arbitraryRecord } from '../../reader/list/testing/arbitrary.ts'
import { recordWriter } from '../../reader/list/testing/write-record.ts'
import { openStore, type Store } from '../open-store.ts'

let directory: string
let store: Store

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-changes-'))
  store = openStore(directory)
  const writer = recordWriter(store.database)
  fc.sample(arbitraryRecord, { numRuns: 3, seed: 1 }).forEach((record, at) => {
    writer.write({ ...record, id: at + 1, uuid: `0000000${at + 1}-0000-4000-8000-000000000000`, catalogues: [] })
  })
  store.database.exec("INSERT INTO catalogue (id, uuid, organisation_id, name) VALUES (9, 'c', 1, 'Vision')")
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

const changes = () =>
  store.database
    .prepare<[], { change: number; function_id: number }>('SELECT change, function_id FROM list_change ORDER BY change')
    .all()

// What a reader that knows the list up to the last change would miss if the change moved nothing.
test.each([
  'UPDATE function SET name = name WHERE id = 2',
  'UPDATE function SET runs = 1 WHERE id = 2',
  "UPDATE function SET deleted_at = '2026-01-01' WHERE id = 2",
  'DELETE FROM function WHERE id = 2',
  "INSERT OR IGNORE INTO function_device VALUES ('tpu', 2)",
  "DELETE FROM function_device WHERE function_id = 2; INSERT INTO function_device VALUES ('tpu', 2); DELETE FROM function_device WHERE device = 'tpu'",
  "INSERT OR REPLACE INTO property VALUES ('input', 'count', 2)",
  'INSERT INTO function_catalogue VALUES (9, 2, 1)',
])('%s moves its function, and no other, past the last change', (sql) => {
  const before = changes()
  store.database.exec(sql)
  const after = changes()
  const known = before.at(-1)?.change ?? 0
  expect(after.filter(({ change }) => change > known).map((row) => row.function_id)).toEqual([2])
  expect(after.filter(({ function_id }) => function_id !== 2)).toEqual(
    before.filter(({ function_id }) => function_id !== 2),
  )
})

test('the last changed function changed again gets a new number, also when the clock stands or goes back', () => {
  store.database.exec(`UPDATE list_change SET change = ${Number.MAX_SAFE_INTEGER - 10} WHERE function_id = 3`)
  const last = changes().at(-1)?.change ?? 0
  store.database.exec('UPDATE function SET starred = 1 WHERE id = 3')
  expect(changes().at(-1)).toEqual({ function_id: 3, change: last + 1 })
})
