import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../store/open-store.ts'
import { changeFollower } from './follow-changes.ts'
import { INDEX_EDITION, keepIndex, keptChange, keptIndex } from './kept-index.ts'
import { type ListIndex, newListIndex, putRecord } from './list-index.ts'
import { openListReader } from './list-reader.ts'
import { prepareOrder } from './sort-orders.ts'
import { arbitraryRecord } from './testing/arbitrary.ts'
import { recordWriter } from './testing/write-record.ts'

let directory: string
let path: string
let store: Store
let index: ListIndex

const records = fc.sample(arbitraryRecord, { numRuns: 50, seed: 9 }).map((record, at) => ({
  ...record,
  id: at + 1,
  uuid: `${String(at + 1).padStart(8, '0')}-0000-4000-8000-000000000000`,
}))

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-kept-'))
  path = join(directory, 'list-index')
  store = openStore(directory)
  const writer = recordWriter(store.database)
  store.change(() => {
    for (const record of records) writer.write(record)
  })
  index = newListIndex(10)
  changeFollower(store.database, index)()
  while (prepareOrder(index));
  keepIndex(index, path)
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

test('a file cut off or with a flipped bit is not taken', () => {
  const whole = readFileSync(path)
  for (const at of [0, 40, 61, 70, 73, whole.length >> 1, whole.length - 1]) {
    const damaged = Buffer.from(whole)
    damaged[at] = (damaged[at] ?? 0) ^ 4
    writeFileSync(path, damaged)
    // The change in the header is only a hint when to keep again.
    expect(keptIndex(path, store.database) === null).toBe(at !== 61)
    writeFileSync(path, whole)
    truncateSync(path, at)
    expect(keptIndex(path, store.database)).toBeNull()
  }
  rmSync(path)
  expect(keptIndex(path, store.database)).toBeNull()
  expect(keptChange(path)).toBe(0)
})

test('it is as it was, and goes on from there', () => {
  expect(keptIndex(path, store.database)).toEqual(index)
  expect(keptChange(path)).toBe(index.change)
  store.database.exec('DELETE FROM function WHERE id < 5; UPDATE function SET starred = 1')
  expect(keptIndex(path, store.database)).toEqual(index)
  const fromFile = openListReader(store.path)
  rmSync(path)
  const anew = openListReader(store.path)
  for (const query of [{}, { Starred: true }, { q: 'model' }, { q: 'o' }]) {
    expect(fromFile.page(query)).toEqual(anew.page(query))
  }
  fromFile.close()
  anew.close()
})

// The file lies beside the database, which may be put back from a backup that knows nothing of it.
test.each([
  'UPDATE function SET starred = 1 - starred WHERE id = 7',
  'DELETE FROM function WHERE id = 7',
  "UPDATE function SET name = 'renamed', deleted_at = '2026-01-01'",
])('it is not taken where the database was put back to before “%s”', (sql) => {
  const backup = join(directory, 'backup.db')
  store.database.prepare('VACUUM INTO ?').run(backup)
  store.database.exec(sql)
  changeFollower(store.database, index)()
  keepIndex(index, path)
  store.close()
  copyFileSync(backup, store.path)
  store = openStore(directory)
  expect(keptIndex(path, store.database)).toBeNull()
  store.database.exec('UPDATE function SET alias = alias WHERE id = 3')
  expect(keptIndex(path, store.database)).toBeNull()
})

test('the edition is raised whenever what an index holds changes', () => {
  const fixed = newListIndex(4)
  putRecord(fixed, {
    ...{
      id: 1,
      uuid: '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10',
      name: 'Résumé_v2 ①',
      alias: '',
      documentation: '图像模型 Straße',
    },
    ...{
      status: 'ok',
      sourceName: 'Zoo',
      sourceUrl: null,
      ...{ sourceKind: 'web', task: null, baseModel: 'base', licence: 'MIT', tags: ['old'] },
      fileNames: ['résumé.onnx'],
      modelText: 'pytorch 2.9',
      inputNames: ['image'],
      outputNames: ['scores-0:Cat'],
    },
    ...{
      operatorTypes: ['Conv'],
      inputOptions: ['image'],
      outputOptions: ['scores'],
      catalogues: [],
      devices: ['cpu'],
    },
    ...{ starred: false, runs: false, failure: 'kernel', linked: false, size: 1, width: 224, height: null, opset: 17 },
    ...{
      fileSha256: '0'.repeat(64),
      contentSha256: '0'.repeat(64),
      paths: ['/zoo/Model.onnx', '/zoo/copy.onnx'],
      structureSha256: null,
      fields: { a: 1, b: 'x' },
    },
    ...{ insertedAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z' },
  })
  while (prepareOrder(fixed));
  const text = inspect(fixed, { depth: null, maxArrayLength: null, maxStringLength: null })
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
  expect([INDEX_EDITION, digest]).toMatchInlineSnapshot(`
    [
      8,
      "35cf152f8f507020",
    ]
  `)
})
