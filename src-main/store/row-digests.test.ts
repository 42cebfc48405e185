import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../cabinet/testing/test-cabinet.ts'
import { alteredRows } from './row-digests.ts'

// Protects whoever relies on `verify`: what another program, or a failing disk, did to any row of any table is found, and nothing else is named.

let context: TestCabinet
let hand: Database.Database
let uuid: string
beforeAll(async () => {
  context = await openTestCabinet()
  const { cabinet } = context
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Vision' })
  const bundle = await upload(cabinet, modelBytes())
  const said = { Name: 'model', Catalogues: [UUID], Fields: { accuracy: 0.9 }, Documentation: 'word '.repeat(10_000) }
  const { body } = await cabinet.functions.create(ada, said, { bundle })
  uuid = body.UUID
  await cabinet.functions.update(ada, body.UUID, { Alias: 'other', Catalogues: [] }, {})
  cabinet.functions.remove(ada, body.UUID)
  cabinet.functions.undelete(ada, body.UUID)
  await cabinet.functions.update(ada, body.UUID, { Catalogues: [UUID] }, {})
  cabinet.catalogues.rename(ada, UUID, { Name: 'Other' })
  const gone = await cabinet.functions.create(ada, { Name: 'gone' }, {})
  cabinet.functions.remove(ada, gone.body.UUID)
  cabinet.functions.purge(ada, gone.body.UUID)
  hand = new Database(join(context.directory, 'cabinet.db'))
})
afterAll(async () => {
  hand.close()
  await context.remove()
})

const found = () => alteredRows(hand).altered.map(({ table, how }) => `${table} ${how}`)

test('nothing that the program did is named, also after it has opened the cabinet again', async () => {
  await expect.poll(() => context.cabinet.functions.get(uuid).body.Runs).not.toBeNull()
  expect(found()).toEqual([])
  await context.reopen()
  expect(found()).toEqual([])
  expect(alteredRows(hand).rows).toBeGreaterThan(15)
})

const tables = [
  'function',
  'function_long',
  'catalogue',
  'organisation',
  'revision',
  'event',
  'inspection',
  'token',
  'blob',
  'download',
  'function_field',
]

test.each(tables)('a row of %s that was changed, added or removed by hand', (table) => {
  const columns = hand
    .prepare<[string], { name: string; pk: number; type: string }>('SELECT * FROM pragma_table_info(?)')
    .all(table)
  hand.pragma('foreign_keys = OFF')
  for (const { name, pk, type } of columns) {
    if (pk > 0) continue
    hand.exec('BEGIN')
    const other = type === 'TEXT' ? `coalesce("${name}", '') || ' '` : `coalesce("${name}", 0) + 1`
    try {
      hand.exec(`UPDATE "${table}" SET "${name}" = ${other}`)
      expect(found()).toContain(`${table} changed`)
    } catch (error) {
      // A value that the table itself refuses.
      if (!String(error).includes('constraint')) throw error
    } finally {
      hand.exec('ROLLBACK')
    }
  }
  hand.exec(`BEGIN; DELETE FROM "${table}"`)
  expect(found()).toContain(`${table} removed`)
  hand.exec('ROLLBACK')
  expect(found()).toEqual([])
})
