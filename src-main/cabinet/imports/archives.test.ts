import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { tarOf } from '../../files/testing/tar-of.ts'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, filesBelow, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

// Every model in an archive is imported, each with the external data of its own folder; an upload takes one.

let context: TestCabinet
let cabinet: Cabinet
let folder: string
let catalogue: string

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-archives-'))
  catalogue = cabinet.catalogues.create(ada, { Name: folder }).UUID
  return () => rm(folder, { recursive: true, force: true })
})

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}
const importing = async (request: Partial<ImportRequest> = {}) =>
  finished(
    cabinet,
    cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], Catalogue: catalogue, ...request })),
  )
const all = async () =>
  (await cabinet.listing.list({ Catalogue: catalogue }, {})).rows
    .map(({ UUID }) => cabinet.functions.get(UUID).body)
    .toSorted((a, b) => ((a.Paths[0] ?? '') < (b.Paths[0] ?? '') ? -1 : 1))

const weights = (value: number) => new Uint8Array(12).fill(value)
/** Two trainings of one network, a model that shares the data of another, one that is none, and what macOS adds. */
const entries = (seed: number) => ({
  'runs/one/net.onnx': modelBytes(seed, externalModel),
  'runs/one/data/w.bin': weights(seed),
  'runs/two/net.onnx': modelBytes(seed, externalModel),
  'runs/two/data/w.bin': weights(seed + 1),
  'runs/two/other.onnx': modelBytes(seed + 1, externalModel),
  'bad.onnx': Buffer.from('this is text'),
  'README.md': Buffer.from('of all'),
  '__MACOSX/runs/one/._net.onnx': Buffer.from('resource fork'),
})

test.each([
  ['models.zip', async () => zipOf(entries(10))],
  ['models.tar', async () => tarOf(entries(20))],
  ['models.tar.gz', async () => gzipSync(tarOf(entries(30)))],
  ['models.tgz', async () => gzipSync(tarOf(entries(40)))],
])(
  '%s: each of its models is imported with its own data, what is none is named, and again nothing is added',
  async (name, bytes) => {
    const path = await put(name, await bytes())
    const job = await importing()
    expect(job).toMatchObject({ State: 'done', Total: 1, Result: { Imported: 3, Refused: 1 } })
    expect(job.Failures).toEqual([{ What: join(path, 'bad.onnx'), Message: expect.stringContaining('text') }])
    const models = await all()
    expect(models.map(({ Name, Paths }) => [Name, Paths])).toEqual([
      [expect.stringMatching(/one.net$/), [join(path, 'runs/one/net.onnx')]],
      [expect.stringMatching(/two.net$/), [join(path, 'runs/two/net.onnx')]],
      [expect.stringMatching(/other$/), [join(path, 'runs/two/other.onnx')]],
    ])
    const dataOf = (index: number) => models[index]?.Downloads.find(({ Location }) => Location === 'data/w.bin')?.Sha256
    expect(dataOf(0)).not.toBe(dataOf(1))
    expect(dataOf(1)).toBe(dataOf(2))
    for (const { UUID } of models) await expect.poll(() => cabinet.functions.get(UUID).body.Runs).toBe(true)
    expect(await importing()).toMatchObject({ Result: { Imported: 0, Present: 3, Changed: 0, Refused: 1 } })
    expect(await filesBelow(cabinet.files.incoming)).toEqual([])
  },
)

test('a copy of an archive that a watched folder replaced follows it, model by model', async () => {
  const both = (one: number, two: number) => zipOf({ 'a.onnx': modelBytes(one), 'b.onnx': modelBytes(two) })
  await put('pair.zip', await both(50, 51))
  await importing({ Watched: true })
  const before = (await all()).map(({ UUID }) => UUID)
  await put('pair.zip', await both(50, 52))
  expect(await importing({ Watched: true })).toMatchObject({ Result: { Imported: 0, Present: 1, Changed: 1 } })
  expect((await all()).map(({ UUID }) => UUID)).toEqual(before)
})

test('an upload of several models is refused with their names', async () => {
  for (const bytes of [await zipOf(entries(60)), gzipSync(tarOf(entries(60)))]) {
    const bundle = await upload(cabinet, bytes, 'models.zip')
    await expect(cabinet.functions.create(ada, {}, { bundle })).rejects.toMatchObject({
      code: 'invalid',
      field: 'bundle',
      message:
        'The archive contains 4 models (bad.onnx, runs/one/net.onnx, runs/two/net.onnx, runs/two/other.onnx), and an upload takes one. ' +
        'Import the archive by its path to take all of them. Nothing was imported.',
    })
  }
})

test.each([
  ['model.onnx.zip', zipOf],
  ['model.tar.gz', async (files: Record<string, Uint8Array>) => gzipSync(tarOf(files))],
])('%s with one model is uploaded as it is, and called by its name', async (name, archiveOf) => {
  const files = { 'deep/m.onnx': modelBytes(70), '._m.onnx': Buffer.from('resource fork') }
  const bundle = await upload(cabinet, await archiveOf(files), name)
  const { body } = await cabinet.functions.create(ada, {}, { bundle })
  expect(body).toMatchObject({ Name: 'model', Downloads: [{ Name: 'm.onnx' }, { Name: name }] })
})
