import { createWriteStream } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../src-contract/contract/admin/admin.ts'
import type { Job } from '../../src-contract/contract/admin/job.ts'
import type { Cabinet } from './cabinet.ts'
import { finished } from './jobs/testing/finished.ts'
import { contentOf } from './testing/content-of.ts'
import { ada, bob, filesBelow, modelBytes, openTestCabinet, type TestCabinet, upload } from './testing/test-cabinet.ts'

// Protects a cabinet of hundreds of models, more than any batch has, on its way into a backup, into an archive, and out of both: it comes back identical, with
// its files, its past and its trash, and what is not whole is not taken for a cabinet.

const MODELS = 250
const TRASHED = 20

let folder: string
let source: TestCabinet
type Content = Awaited<ReturnType<typeof contentOf>>
let expected: Content
const done = async (cabinet: Cabinet, job: Job) => {
  const end = await finished(cabinet, job)
  expect(end).toMatchObject({ State: 'done', Failures: [] })
  return end
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-whole-'))
  source = await openTestCabinet()
  const { cabinet } = source
  const models = join(folder, 'models')
  await mkdir(models)
  for (let seed = 0; seed < MODELS + TRASHED; seed++) {
    await writeFile(join(models, `model ${seed}.onnx`), modelBytes(seed))
  }
  const { UUID: Catalogue } = cabinet.catalogues.create(ada, { Name: 'Imported' })
  await done(cabinet, cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [models], Catalogue })))
  const { rows } = await cabinet.listing.list({ Limit: 1_000 }, {})
  const uuids = rows.map(({ UUID }) => UUID)
  const Fields = { accuracy: 0.9, dataset: 'ICDAR' }
  await done(
    cabinet,
    await cabinet.jobs.startBulk(bob, { Functions: uuids.slice(0, 100), Change: { Set: { Fields, Starred: true } } }),
  )
  await done(cabinet, await cabinet.jobs.startBulk(bob, { Functions: uuids.slice(-TRASHED), Change: { Delete: true } }))
  for (const [at, uuid] of uuids.slice(0, 10).entries()) {
    const bundle = await upload(cabinet, modelBytes(10_000 + at), 'trained-again.onnx')
    await cabinet.functions.update(ada, uuid, { Documentation: `trained again, ${at}` }, { bundle })
  }
  expected = await contentOf(cabinet)
  expect(expected.functions).toHaveLength(MODELS)
  expect(expected.trash).toHaveLength(TRASHED)
})
afterAll(async () => {
  await source.remove()
  await rm(folder, { recursive: true, force: true })
})

async function expectIdentical(cabinet: Cabinet, expected: Content): Promise<void> {
  const content = await contentOf(cabinet)
  // One by one, for the difference of two hundreds is nothing that anybody could read.
  for (const [at, function_] of expected.functions.entries()) expect(content.functions[at]).toEqual(function_)
  expect(content).toEqual(expected)
  for (const { UUID } of expected.functions) {
    const { path, sha256 } = source.cabinet.modelFiles.locate(UUID)
    const mine = cabinet.modelFiles.locate(UUID)
    expect(mine.path).not.toBe(path)
    expect(mine.sha256).toBe(sha256)
  }
  // Reads every file again, and finds each to have that digest.
  await done(cabinet, cabinet.jobs.startVerify(ada))
}

test('a restored backup of hundreds of models is the cabinet that was backed up; one that was cut off is refused', async () => {
  const backup = join(folder, 'backup')
  await done(source.cabinet, source.cabinet.jobs.startBackup(ada, { Path: backup }))
  const target = await openTestCabinet()
  const { cabinet } = target
  const kept = await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, modelBytes(77_777)) })

  const cut = join(folder, 'cut')
  await cp(backup, cut, { recursive: true })
  for (const path of (await filesBelow(join(cut, 'files'))).slice(MODELS / 2)) await rm(path)
  const failed = await finished(cabinet, cabinet.jobs.startRestore(ada, { Path: cut }))
  expect(failed).toMatchObject({ State: 'failed', Message: expect.stringContaining('not complete') })
  const manifest = join(cut, 'manifest.json')
  await truncate(manifest, Math.floor((await readFile(manifest)).length / 2))
  expect(() => cabinet.jobs.startRestore(ada, { Path: cut })).toThrow(/damaged/)
  await rm(manifest)
  expect(() => cabinet.jobs.startRestore(ada, { Path: cut })).toThrow(/the backup was interrupted/)
  expect((await contentOf(cabinet)).functions.map(({ UUID }) => UUID)).toEqual([kept.body.UUID])

  await done(cabinet, cabinet.jobs.startRestore(ada, { Path: backup }))
  await expectIdentical(cabinet, expected)
  await target.remove()
})

test('an exported cabinet of hundreds of models comes back identical in an empty one', async () => {
  const archive = join(folder, 'export.zip')
  await pipeline(source.cabinet.admin.export().stream, createWriteStream(archive))
  const empty = await openTestCabinet()
  const job = await done(empty.cabinet, empty.cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [archive] })))
  expect(job).toMatchObject({ Result: { Imported: MODELS + TRASHED, Refused: 0 } })
  // Another machine has nothing at the paths of this one.
  const functions = expected.functions.map((function_) => ({ ...function_, Path: null, Paths: [], PathCount: 0 }))
  const trash = expected.trash.map((item) => ({ ...item, Path: null, Paths: [], PathCount: 0 }))
  await expectIdentical(empty.cabinet, { ...expected, functions, trash })
  await empty.remove()
})
