import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, filesBelow, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet
let folder: string

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-import-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, bytes)
  return path
}
const importing = async (request: Partial<ImportRequest>): Promise<Job> =>
  finished(cabinet, cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], ...request })))
const stored = () => filesBelow(join(context.directory, 'files'))

test('paths that are not there, not absolute, or for an unknown catalogue are refused at once', () => {
  const start = (request: object) => () => cabinet.jobs.startImport(ada, ImportRequest.parse(request))
  expect(start({ Paths: [join(folder, 'none')] })).toThrow(expect.objectContaining({ code: 'invalid', field: 'Paths' }))
  expect(start({ Paths: ['models'] })).toThrow(expect.objectContaining({ field: 'Paths' }))
  expect(start({ Paths: [folder], Catalogue: '00000000-0000-4000-8000-000000000000' })).toThrow(
    expect.objectContaining({ field: 'Catalogue' }),
  )
})

test('a folder is imported with what is below it; what is no model is named with the reason, and the rest goes on', async () => {
  await put('a.onnx', modelBytes(1))
  await put('deep/b.ONNX', modelBytes(2))
  await put('deep/bad.onnx', 'this is text')
  await put('notes.txt', 'nothing to import')
  const job = await importing({})
  expect(job).toMatchObject({ State: 'done', Total: 3, Unit: 'files', Result: { Imported: 2, Present: 0, Refused: 1 } })
  expect(job.Failures).toEqual([{ What: join(folder, 'deep', 'bad.onnx'), Message: expect.stringContaining('text') }])
  const { rows } = await cabinet.listing.list({ Limit: 100 }, {})
  expect(rows.map(({ Name }) => Name).sort()).toEqual(['a', 'b'])
  await expect.poll(async () => (await cabinet.listing.list({ Runs: 'true' }, {})).total).toBe(2)
  expect(await filesBelow(cabinet.files.incoming)).toEqual([])
})

test('without Recursive only the folder itself is looked at, and circles of links end', async () => {
  await put('top.onnx', modelBytes(10))
  await put('deep/below.onnx', modelBytes(11))
  if (process.platform !== 'win32') await symlink(folder, join(folder, 'deep', 'circle'))
  expect(await importing({ Recursive: false })).toMatchObject({ Total: 1, Result: { Imported: 1 } })
  expect(await importing({ Recursive: true })).toMatchObject({ Total: 2, Result: { Imported: 1, Present: 1 } })
})

test('bytes that are already here are not added again, but filed', async () => {
  await put('first.onnx', modelBytes(20))
  await put('same.onnx', modelBytes(20))
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Filed' })
  expect(await importing({})).toMatchObject({ Result: { Imported: 1, Present: 1 } })
  expect(await importing({ Catalogue: UUID })).toMatchObject({ Result: { Imported: 0, Present: 2 } })
  const { rows } = await cabinet.listing.list({ Catalogue: UUID }, {})
  expect(rows.map(({ Name }) => Name)).toEqual(['first'])
})

test('a model is copied with its external data, and runs here', async () => {
  await put('net/model.onnx', modelBytes(30, externalModel))
  await put('net/data/w.bin', new Uint8Array(12))
  const [uuid = ''] = resultOf(await importing({}))
  await rm(folder, { recursive: true })
  expect(cabinet.functions.inspection(uuid).External).toMatchObject([{ Location: 'data/w.bin', State: 'present' }])
  await expect.poll(() => cabinet.functions.get(uuid).body.Runs).toBe(true)
})

test('a model that is left where it is takes no space, and a change or loss of its file is told', async () => {
  const before = (await stored()).length
  const path = await put('big.onnx', modelBytes(40))
  const [uuid = ''] = resultOf(await importing({ Mode: 'reference' }))
  expect((await stored()).length).toBe(before)
  expect(cabinet.modelFiles.locate(uuid).path).toBe(path)
  await expect.poll(() => cabinet.functions.get(uuid).body.Runs).toBe(true)
  expect(await importing({ Mode: 'reference' })).toMatchObject({ Result: { Imported: 0, Present: 1 } })
  await writeFile(path, modelBytes(41))
  await expect(cabinet.modelFiles.download(uuid, 'big.onnx')).rejects.toThrow(/has changed since it was added/)
  await rename(path, `${path}.moved`)
  await expect(cabinet.modelFiles.download(uuid, 'big.onnx')).rejects.toThrow(/is lost. It was at/)
  const verified = await finished(cabinet, cabinet.jobs.startVerify(ada))
  expect(verified.Failures).toEqual([
    { What: expect.stringContaining('big'), Message: expect.stringContaining('lost') },
  ])
})

test('only a model whose files are not where it names them needs a folder to run', async () => {
  const inPlace = (uuid: string) => cabinet.modelFiles.locate(uuid).inPlace
  await put('single.onnx', modelBytes(60))
  await put('net/model.onnx', modelBytes(61, externalModel))
  await put('net/data/w.bin', new Uint8Array(12))
  await put('alone/model.onnx', modelBytes(62, externalModel))
  const left = resultOf(await importing({ Mode: 'reference' }))
  const isOf = (name: string) => left.find((uuid) => cabinet.modelFiles.locate(uuid).path === join(folder, name)) ?? ''
  expect(['single.onnx', 'net/model.onnx', 'alone/model.onnx'].map(isOf).map(inPlace)).toEqual([true, true, false])

  await put('copies/single.onnx', modelBytes(63))
  await put('copies/net/model.onnx', modelBytes(64, externalModel))
  await put('copies/net/data/w.bin', new Uint8Array(12).fill(1))
  const copied = resultOf(await importing({ Paths: [join(folder, 'copies')] }))
  expect(copied.map((uuid) => [cabinet.functions.inspection(uuid).External.length, inPlace(uuid)]).sort()).toEqual([
    [0, true],
    [1, false],
  ])

  // Changed since it was read, it may name files that were never looked at.
  await put('single.onnx', modelBytes(65, externalModel))
  const used = cabinet.modelFiles.use(isOf('single.onnx'), async () => 'used')
  await expect(used).rejects.toThrow('has changed since it was added')
})

test('a zip is imported as the bundle that it is', async () => {
  await put('bundle.zip', await zipOf({ 'model.onnx': modelBytes(50) }))
  await put('photos.zip', await zipOf({ 'cat.jpg': Buffer.from('no model') }))
  const job = await importing({})
  expect(job).toMatchObject({ Result: { Imported: 1, Refused: 1 } })
  const [uuid = ''] = resultOf(job)
  expect(cabinet.functions.get(uuid).body).toMatchObject({
    Name: 'bundle',
    Downloads: [{ Name: 'model.onnx' }, { Name: 'bundle.zip' }],
  })
  expect(await importing({ Paths: [join(folder, 'bundle.zip')] })).toMatchObject({ Result: { Present: 1 } })
})

function resultOf({ Result }: Job): string[] {
  const { Files } = z.object({ Files: z.array(z.object({ Outcome: z.string(), UUID: z.string() })) }).parse(Result)
  return Files.filter(({ Outcome }) => Outcome === 'imported').map(({ UUID }) => UUID)
}
