import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { openCabinet } from '../open-cabinet.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, modelBytes, openTestCabinet, patient, type TestCabinet } from '../testing/test-cabinet.ts'

// Importing what was imported before, moved, changed or half imported: every model is there once, and its function stays the same one.

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
  folder = await mkdtemp(join(tmpdir(), 'cabinet-again-'))
  catalogue = cabinet.catalogues.create(ada, { Name: folder }).UUID
  return () => rm(folder, { recursive: true, force: true })
})

const newModel = () => modelBytes(++seed)
async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, bytes)
  return path
}
const start = (request: Partial<ImportRequest> = {}): Job =>
  cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], Catalogue: catalogue, ...request }))
const importing = (request: Partial<ImportRequest> = {}) => finished(cabinet, start(request))
const all = async (): Promise<FunctionItem[]> =>
  (await cabinet.listing.list({ Catalogue: catalogue }, {})).rows.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
const only = async (): Promise<FunctionItem> => {
  const [one, ...others] = await all()
  if (!one || others.length > 0) throw new Error(`There are ${others.length + (one ? 1 : 0)} functions instead of one.`)
  return one
}

test('files of one name are called by the folders that tell them apart', async () => {
  for (const place of ['resnet/run1', 'resnet/run2', 'yolo/run2']) await put(`${place}/final_v3_fixed.onnx`, newModel())
  await importing()
  expect((await all()).map(({ Name }) => Name)).toEqual([
    'resnet/run2/final_v3_fixed',
    'run1/final_v3_fixed',
    'yolo/run2/final_v3_fixed',
  ])
  await put('resnet/run3/final_v3_fixed.onnx', newModel())
  await importing({ Paths: [join(folder, 'resnet', 'run3')] })
  expect((await all()).map(({ Name }) => Name)).toContain('final_v3_fixed')
})

test('folders behind links are looked into once, and the cabinet itself, with its token, never (GHSA-q874-g24w-4q9g)', async () => {
  const path = await put('real/model.onnx', newModel())
  await symlink(join(folder, 'real'), join(folder, 'also'), 'junction')
  await symlink(folder, join(folder, 'real', 'circle'), 'junction')
  await symlink(context.directory, join(folder, 'cabinet'), 'junction')
  await put('../stray.onnx', newModel()).then((stray) => rename(stray, join(context.directory, 'stray.onnx')))
  expect(await importing()).toMatchObject({ Total: 1, Result: { Imported: 1 }, Failures: [] })
  expect(await importing({ Paths: [path] })).toMatchObject({ Result: { Present: 1 } })
})

test.each(['copy', 'reference'] as const)('importing again in mode %s adds nothing', async (Mode) => {
  await put('a.onnx', newModel())
  await put('b.onnx', newModel())
  expect(await importing({ Mode })).toMatchObject({ Result: { Imported: 2 } })
  const before = await all()
  expect(await importing({ Mode })).toMatchObject({ Result: { Imported: 0, Present: 2, Changed: 0 } })
  expect((await all()).map(({ UUID, UpdatedAt }) => [UUID, UpdatedAt])).toEqual(
    before.map(({ UUID, UpdatedAt }) => [UUID, UpdatedAt]),
  )
})

test('a file that was written anew with the same bytes is the same model', async () => {
  const path = await put('a.onnx', newModel())
  await importing({ Mode: 'reference' })
  await utimes(path, new Date(), new Date(Date.now() + 60_000))
  const { UUID } = await only()
  expect((await cabinet.modelFiles.download(UUID, 'a.onnx')).path).toBe(path)
})

test('a file with other bytes becomes the new content of its function', async () => {
  const path = await put('a.onnx', newModel())
  await importing({ Mode: 'reference' })
  const { UUID } = await only()
  await writeFile(path, newModel())
  expect(await importing({ Mode: 'reference' })).toMatchObject({ Result: { Imported: 0, Changed: 1 } })
  expect((await only()).UUID).toBe(UUID)
  expect(cabinet.functions.get(UUID).revision).toBe(2)
  expect((await cabinet.modelFiles.download(UUID, 'a.onnx')).path).toBe(path)
})

test('a file that moved is found again by its content, also where another one took its old place', async () => {
  const path = await put('old.onnx', newModel())
  await importing({ Mode: 'reference' })
  const { UUID } = await only()
  await rename(path, join(folder, 'new.onnx'))
  await put('old.onnx', newModel())
  expect(await importing({ Mode: 'reference' })).toMatchObject({ Result: { Imported: 1, Changed: 1 } })
  expect(cabinet.modelFiles.locate(UUID).path).toBe(join(folder, 'new.onnx'))
  expect(await all()).toHaveLength(2)
})

test('models that share a graph and differ in their weights are two; weights that come later make a model whole', async () => {
  const graph = modelBytes(++seed, externalModel)
  await put('one/net.onnx', graph)
  await put('one/data/w.bin', new Uint8Array(12))
  await put('two/net.onnx', graph)
  expect(await importing()).toMatchObject({ Result: { Imported: 2, Present: 0 } })
  await put('two/data/w.bin', new Uint8Array(12).fill(1))
  expect(await importing()).toMatchObject({ Result: { Imported: 0, Present: 1, Changed: 1 } })
  await put('three/net.onnx', graph)
  await put('three/data/w.bin', new Uint8Array(12).fill(1))
  expect(await importing()).toMatchObject({ Result: { Imported: 0, Present: 3, Changed: 0 } })
  expect(await all()).toHaveLength(2)
})

test('paused, cancelled and retried in the middle, every model is there once and the counts are right', async () => {
  for (let number = 0; number < 150; number++) await put(`${number}/model.onnx`, newModel())
  const { UUID } = start()
  const midway = () => expect.poll(() => cabinet.jobs.get(UUID).Done, { interval: 1 }).toBeGreaterThan(0)
  await midway()
  if (cabinet.jobs.get(UUID).State === 'running') {
    cabinet.jobs.pause(ada, UUID)
    cabinet.jobs.resume(ada, UUID)
    cabinet.jobs.cancel(ada, UUID)
    cabinet.jobs.retry(ada, UUID)
  }
  const job = await finished(cabinet, cabinet.jobs.get(UUID))
  expect(job).toMatchObject({ State: 'done', Done: 150, Total: 150, Result: { Imported: 150, Present: 0 } })
  expect(new Set((await all()).map(({ Name }) => Name)).size).toBe(150)
})

test('a program that is killed in the middle goes on at its next start without doubling', async () => {
  const folderOfData = await mkdtemp(join(tmpdir(), 'cabinet-killed-'))
  try {
    for (let number = 0; number < 300; number++) await put(`${number}/model.onnx`, newModel())
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'testing', 'import-folder.ts'), folderOfData, folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    // It says so when the first batch is on disk.
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const again = await openCabinet({ dataDirectory: folderOfData, spawn: spawnNode, settings: patient })
    try {
      const [job] = again.jobs.list()
      if (!job) throw new Error('The job was forgotten.')
      expect(await finished(again, job)).toMatchObject({ State: 'done', Result: { Imported: 300, Present: 0 } })
      expect((await again.statistics({})).Total).toBe(300)
    } finally {
      await again.close()
    }
  } finally {
    await rm(folderOfData, { recursive: true, force: true })
  }
})
