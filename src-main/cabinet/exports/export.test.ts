import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { contentOf } from '../testing/content-of.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, bob, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let source: TestCabinet
let target: TestCabinet
let folder: string
let archive: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-export-'))
  ;[source, target] = await Promise.all([openTestCabinet(), openTestCabinet()])
  const { cabinet } = source
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Vision' })
  for (let seed = 0; seed < 4; seed++) {
    const bundle = await upload(cabinet, modelBytes(seed))
    await cabinet.functions.create(ada, { Name: `model ${seed}`, Catalogues: [UUID], Fields: { seed } }, { bundle })
  }
  const { rows } = await cabinet.listing.list({ Limit: 4 }, {})
  const update = { Documentation: 'second', Starred: true, SourceKind: 'web' as const, Licence: 'MIT', Tags: ['a'] }
  await cabinet.functions.update(bob, rows[0]?.UUID ?? '', update, { bundle: await upload(cabinet, modelBytes(9)) })
  cabinet.functions.remove(bob, rows[1]?.UUID ?? '')
  const external = await zipOf({ 'model.onnx': modelBytes(10, externalModel), 'data/w.bin': new Uint8Array(12) })
  await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, external, 'external.zip') })
  archive = join(folder, 'export.zip')
  await pipeline(cabinet.admin.export().stream, createWriteStream(archive))
})
afterAll(async () => {
  await Promise.all([source.remove(), target.remove()])
  await rm(folder, { recursive: true, force: true })
})

const importing = async (cabinet: Cabinet, path: string) =>
  finished(cabinet, cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [path] })))

test('an export that was cut off is refused with a reason and leaves nothing', async () => {
  const cut = join(folder, 'cut.zip')
  await writeFile(cut, await readFile(archive))
  await truncate(cut, (await stat(archive)).size - 40)
  const job = await importing(target.cabinet, cut)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 0, Refused: 1 } })
  expect(job.Failures).toEqual([{ What: cut, Message: expect.stringContaining('archive') }])
  expect((await contentOf(target.cabinet)).functions).toEqual([])
  await rm(cut)
})

test('an export whose list of models is damaged is refused with a reason', async () => {
  const damaged = join(folder, 'damaged.zip')
  const bytes = await readFile(archive)
  const list = bytes.indexOf('functions.jsonl') + 'functions.jsonl'.length
  await writeFile(damaged, bytes.fill(0xff, list + 300, list + 320))
  const other = await openTestCabinet()
  const job = await importing(other.cabinet, damaged)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 0, Refused: 1 } })
  expect(job.Failures).toEqual([{ What: damaged, Message: expect.stringContaining('is damaged') }])
  await other.remove()
})

test('a cabinet comes back identical in another one, files, history and trash included, and a second time nothing is added', async () => {
  const job = await importing(target.cabinet, archive)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 5, Present: 0, Refused: 0 } })
  const expected = await contentOf(source.cabinet)
  expect(expected.trash).toHaveLength(1)
  expect(await contentOf(target.cabinet)).toEqual(expected)
  for (const { UUID } of expected.functions) {
    const [mine, theirs] = [target, source].map(({ cabinet }) => cabinet.modelFiles.locate(UUID))
    expect(await readFile(mine?.path ?? '')).toEqual(await readFile(theirs?.path ?? ''))
    expect(mine?.external.length).toBe(theirs?.external.length)
  }
  const again = await importing(target.cabinet, archive)
  expect(again).toMatchObject({ State: 'done', Result: { Imported: 0, Present: 5 } })
  expect(await contentOf(target.cabinet)).toEqual(expected)
})

test('what was imported can be restored to its past, runs here, and verifies', async () => {
  const { rows } = await target.cabinet.listing.list({ Starred: true }, {})
  const [starred] = rows
  const restored = await target.cabinet.functions.restore(ada, starred?.UUID ?? '', 1)
  expect(restored.body).toMatchObject({ Documentation: '', Starred: false })
  await expect.poll(async () => (await target.cabinet.listing.list({ Runs: 'true' }, {})).total).toBe(4)
  expect((await finished(target.cabinet, target.cabinet.jobs.startVerify(ada))).Failures).toEqual([])
})

test('catalogues keep their organisation, which is a filter, and events come along', async () => {
  const theirs = source.cabinet.organisation.own()
  expect(target.cabinet.organisation.list()).toContainEqual(theirs)
  expect(target.cabinet.catalogues.list({ organisation: theirs.UUID }).map(({ Name }) => Name)).toEqual(['Vision'])
  const [function_] = (await target.cabinet.listing.list({ Limit: 1 }, {})).rows
  const audit = target.cabinet.events.audit({ limit: 10, uuid: function_?.UUID ?? '' })
  expect(audit.at(-1)).toMatchObject({ Kind: 'function.created', By: 'Ada' })
})

test('no secret stands in an export', async () => {
  const bytes = await readFile(archive)
  const secret = (await readFile(source.cabinet.tokens.tokenFile, 'utf8')).trim()
  expect(bytes.includes(secret)).toBe(false)
  expect(bytes.includes(await readFile(join(source.directory, 'key')))).toBe(false)
})

test('an export that nobody reads to its end sets the database free', async () => {
  const { stream } = source.cabinet.admin.export()
  stream.destroy()
  await expect.poll(() => stream.closed).toBe(true)
  const health = await source.cabinet.admin.health()
  expect(health).toMatchObject({ Database: { State: 'ok' }, Files: { Count: 8, Trashed: 0 } })
  expect(health.Processes.map(({ Name }) => Name)).toEqual(
    expect.arrayContaining(['cabinet', 'reader', 'list', 'runtime']),
  )
  expect(health.Disk.Free).toBeGreaterThan(0)
})

test('some functions are exported with what they need and no more; the rest stays at home', async () => {
  const { rows } = await source.cabinet.listing.list(
    { Limit: 100, OrderBy: [{ column: 'Name', descending: false }] },
    {},
  )
  const some = rows.filter(({ Name }) => /^model/.test(Name)).slice(0, 2)
  const uuids = some.map(({ UUID }) => UUID)
  const path = join(folder, 'some.zip')
  await pipeline(source.cabinet.admin.export(uuids).stream, createWriteStream(path))
  const other = await openTestCabinet()
  const job = await importing(other.cabinet, path)
  expect(job).toMatchObject({ State: 'done', Result: { Imported: 2, Refused: 0 } })
  for (const uuid of uuids)
    expect(other.cabinet.functions.get(uuid).body).toMatchObject({
      UUID: uuid,
      Status: 'ok',
      Catalogues: [{ Name: 'Vision' }],
    })
  await other.remove()
})
