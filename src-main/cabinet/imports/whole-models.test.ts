import { linkSync, symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

// A model is its file and all external files: no two that differ in a weight are taken for one, and none runs with another's bytes.

let context: TestCabinet
let cabinet: Cabinet
let folder: string
let catalogue: string
let seed = 0

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-whole-'))
  catalogue = cabinet.catalogues.create(ada, { Name: folder }).UUID
  seed += 1
  return () => rm(folder, { recursive: true, force: true })
})

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return path
}
const graph = () => modelBytes(seed, externalModel)
/** The weights of one training, which no other test has. */
const weights = (number: number) => new Uint8Array(12).fill(seed * 16 + number)
async function putTraining(place: string, number: number): Promise<string> {
  await put(`${place}/data/w.bin`, weights(number))
  return put(`${place}/net.onnx`, graph())
}
const importing = async (request: Partial<ImportRequest> = {}): Promise<Job> =>
  finished(
    cabinet,
    cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], Catalogue: catalogue, ...request })),
  )
const all = async (): Promise<FunctionItem[]> =>
  (await cabinet.listing.list({ Catalogue: catalogue }, {})).rows.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
const externalOf = (uuid: string) =>
  cabinet.functions.get(uuid).body.Downloads.find(({ Location }) => Location !== null)?.Sha256

test('two trainings of one network are two models of one structure, compared as such', async () => {
  await putTraining('run1', 1)
  await putTraining('run2', 2)
  expect(await importing()).toMatchObject({ Result: { Imported: 2 } })
  const [one, two] = await all()
  if (!one || !two) throw new Error('There are no two models.')
  expect(one.FileSha256).toBe(two.FileSha256)
  expect(one.ContentSha256).not.toBe(two.ContentSha256)
  expect(one.TotalSize).toBe(one.Code.Size + 12)
  const { Same, Verdict } = await cabinet.models.compare(one.UUID, two.UUID, {})
  expect(Same).toMatchObject({ Bytes: false, Structure: true, Weights: false })
  expect(Verdict).toMatch(/^Only weights differ/)
  expect(await cabinet.models.compare(one.UUID, one.UUID, {})).toMatchObject({ Same: { Bytes: true, Weights: true } })
})

test('a model without its weights is not completed by those of another with the same file', async () => {
  await put('alone/net.onnx', graph())
  await importing()
  const [{ UUID } = { UUID: '' }] = await all()
  await putTraining('other', 2)
  expect(await importing({ Paths: [join(folder, 'other')] })).toMatchObject({ Result: { Imported: 1 } })
  expect(cabinet.functions.get(UUID).body).toMatchObject({ ContentSha256: null })
  await put('alone/data/w.bin', weights(1))
  expect(await importing({ Paths: [join(folder, 'alone')] })).toMatchObject({ Result: { Changed: 1 } })
  expect(externalOf(UUID)).toBeDefined()
  expect(await all()).toHaveLength(2)
})

test('a model whose data file was written anew is renewed, with a step in its history that can only be undone where its bytes are', async () => {
  await putTraining('run', 1)
  await importing({ Mode: 'reference' })
  const [{ UUID } = { UUID: '' }] = await all()
  const before = externalOf(UUID)
  await put('run/data/w.bin', weights(2))
  await expect(cabinet.modelFiles.use(UUID, async () => 'used')).rejects.toMatchObject({ code: 'unavailable' })
  expect(cabinet.functions.get(UUID).body).toMatchObject({ Status: 'error', SyncInformation: { State: 'changed' } })
  expect(await importing({ Mode: 'reference' })).toMatchObject({ Result: { Imported: 0, Changed: 1 } })
  expect(externalOf(UUID)).not.toBe(before)
  expect(cabinet.functions.get(UUID)).toMatchObject({ revision: 2, body: { Status: 'ok', SyncInformation: {} } })
  expect((await finished(cabinet, cabinet.jobs.startVerify(ada))).Failures).toEqual([])
  await expect(cabinet.functions.restore(ada, UUID, 1)).rejects.toThrow(/bytes of its file .* are lost/)
  await put('run/data/w.bin', weights(1))
  expect((await cabinet.functions.restore(ada, UUID, 1)).body.Downloads).toContainEqual(
    expect.objectContaining({ Sha256: before, Location: 'data/w.bin' }),
  )
})

test('notes follow the bytes where files are rotated or swapped', async () => {
  const [a, b] = [modelBytes(10_000 + seed), modelBytes(20_000 + seed)]
  await put('best.onnx', a)
  await put('last.onnx', b)
  await importing({ Mode: 'reference' })
  const digests = async () => new Map((await all()).map(({ UUID, FileSha256 }) => [UUID, FileSha256]))
  const before = await digests()
  await put('best.onnx', b)
  await put('last.onnx', a)
  await importing({ Mode: 'reference' })
  expect(await digests()).toEqual(before)
  await rename(join(folder, 'best.onnx'), join(folder, 'previous.onnx'))
  await put('best.onnx', modelBytes(30_000 + seed))
  // Only the new file is named: the old one was renamed, not overwritten.
  expect(await importing({ Mode: 'reference', Paths: [join(folder, 'best.onnx')] })).toMatchObject({
    Result: { Imported: 1, Changed: 0 },
  })
  await importing({ Mode: 'reference' })
  const after = await digests()
  for (const [uuid, digest] of before) expect(after.get(uuid)).toBe(digest)
})

test('a watched folder brings nothing back from the trash, and its copies follow their files', async () => {
  const path = await put('zombie.onnx', modelBytes(40_000 + seed))
  await importing({ Watched: true })
  const [{ UUID } = { UUID: '' }] = await all()
  await writeFile(path, modelBytes(50_000 + seed))
  expect(await importing({ Watched: true })).toMatchObject({ Result: { Imported: 0, Changed: 1 } })
  expect((await all()).map((one) => one.UUID)).toEqual([UUID])
  cabinet.functions.remove(ada, UUID)
  expect(await importing({ Watched: true })).toMatchObject({ Result: { Imported: 0, Trashed: 1 } })
  expect(await all()).toEqual([])
  expect(await importing()).toMatchObject({ Result: { Imported: 1 } })
})

test('data files that are named with their model are parts of it, and others are refused', async () => {
  await putTraining('run', 1)
  const stray = await put('stray.bin', weights(1))
  const Paths = [stray, join(folder, 'run/data/w.bin'), join(folder, 'run/net.onnx')]
  const job = await importing({ Paths })
  expect(job).toMatchObject({ Result: { Imported: 1, Refused: 1 }, Failures: [{ What: stray }] })
  expect(job.Result).toMatchObject({ Files: [{ Outcome: 'imported' }, { Outcome: 'part' }] })
})

test.skipIf(process.platform === 'win32')(
  'links lead to the files that ONNX Runtime reads, in copies too',
  async () => {
    await putTraining('kept', 3)
    await mkdir(join(folder, 'snapshot/data'), { recursive: true })
    await mkdir(join(folder, 'hard/data'), { recursive: true })
    linkSync(join(folder, 'kept/data/w.bin'), join(folder, 'hard/data/w.bin'))
    await put('hard/net.onnx', graph())
    symlinkSync('../kept/net.onnx', join(folder, 'snapshot/net.onnx'))
    symlinkSync('../../kept/data/w.bin', join(folder, 'snapshot/data/w.bin'))
    await importing({ Mode: 'reference' })
    const [one, ...others] = await all()
    expect(others).toEqual([])
    expect(one && cabinet.functions.get(one.UUID).body.Paths).toEqual(
      ['hard', 'kept', 'snapshot'].map((place) => join(folder, place, 'net.onnx')),
    )
    await expect.poll(() => one && cabinet.functions.get(one.UUID).body.Runs).toBe(true)
  },
)

test('what overwrites a file in the midst of its use is never taken for the file', async () => {
  const versions = [1, 2].map((number) => modelBytes(seed * 100_000 + number))
  const [first = new Uint8Array(), second = new Uint8Array()] = versions
  const path = await put('model.onnx', first)
  await importing({ Mode: 'reference' })
  const [{ UUID } = { UUID: '' }] = await all()
  let answered = 0
  for (let round = 0; round < 60; round++) {
    const outcome = cabinet.modelFiles
      .use(UUID, async (model) => {
        if (round % 3 === 1) await writeFile(path, second)
        const bytes = await readFile(model.path)
        if (round % 3 === 2) await writeFile(path, second).then(() => writeFile(path, first))
        return bytes
      })
      .then(
        (bytes) => bytes.equals(first),
        (error: { code?: string }) => error.code,
      )
    const seen = await outcome
    if (seen === true) answered++
    expect([true, 'unavailable']).toContain(seen)
    await writeFile(path, first)
  }
  expect(answered).toBe(20)
})
