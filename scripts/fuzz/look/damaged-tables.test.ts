import { closeSync, openSync, writeSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleFolders } from '../sample.ts'
import { type Content, contentOf } from './content-of.ts'
import { lookAtDamaged } from './look-at-damaged.ts'

// Protects the models of a cabinet from damage to any other table: they are listed and exported, what is lost is named, and no backup is made that could not
// be restored. `npm run fuzz -- --only damages` does it at random.

let folder: string
let sample: string
let whole: Content
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'damaged-tables-'))
  ;[sample] = await sampleFolders(folder)
  whole = contentOf(sample)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each([
  ['job', 'event', 'named, all models kept'],
  ['list_change', 'function_catalogue', 'named, all models kept'],
  ['revision', 'row_digest', 'named, all models kept'],
  ['blob', 'download', 'named, all models kept'],
])('pages of %s and %s that are zeros', async (...names) => {
  const outcome = names.pop()
  const data = join(folder, names.join('-'))
  await cp(sample, data, { recursive: true })
  zeroTables(join(data, 'cabinet.db'), names)
  const copy = `${data}-copy`
  await cp(data, copy, { recursive: true })
  expect(await lookAtDamaged(data, join(folder, `${names}-backup`), { whole, content: contentOf(copy) })).toBe(outcome)
})

function zeroTables(path: string, names: readonly string[]): void {
  const database = new Database(path)
  const pages = database
    .prepare<[string], number>('SELECT pageno FROM dbstat WHERE name IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(names))
  database.close()
  const file = openSync(path, 'r+')
  for (const page of pages) writeSync(file, Buffer.alloc(4096), 0, 4096, (page - 1) * 4096)
  closeSync(file)
}
