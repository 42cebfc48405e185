import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { openArchive } from '../../files/archive/open-archive.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, filesBelow, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

// What is taken out of the cabinet works without it: unpacked anywhere it runs, and is what the cabinet said it was.

let context: TestCabinet
let cabinet: Cabinet
let folder: string
let seed = 0

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-folders-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function put(name: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), bytes)
}
/** Imports what lies in a folder; the UUID of its only model. */
async function imported(place: string): Promise<string> {
  const request = ImportRequest.parse({ Paths: [join(folder, place)], Mode: 'reference' })
  const job = await finished(cabinet, cabinet.jobs.startImport(ada, request))
  expect(job.Failures).toEqual([])
  const { rows } = await cabinet.listing.list({ Limit: 1_000 }, {})
  const [found] = rows.filter(({ Path }) => Path?.startsWith(join(folder, place)))
  return found?.UUID ?? ''
}
const weights = (value: number) => new Uint8Array(Float32Array.of(value, value, value).buffer)
async function putModel(place: string): Promise<void> {
  seed += 1
  await put(`${place}/net.onnx`, modelBytes(seed, externalModel))
  await put(`${place}/data/w.bin`, weights(seed))
}
async function unpacked(stream: Readable): Promise<string> {
  await pipeline(stream, createWriteStream(join(folder, 'out.zip')))
  const target = join(folder, 'out')
  const archive = await openArchive(join(folder, 'out.zip'), {
    name: 'The archive',
    mostFiles: 1_000,
    directory: folder,
  })
  for (const { path, bytes } of archive.files.values()) {
    await mkdir(dirname(join(target, path)), { recursive: true })
    await writeFile(join(target, path), bytes())
  }
  archive.close()
  return target
}
const namesIn = async (target: string) => (await filesBelow(target)).map((path) => path.slice(target.length + 1)).sort()

test('a model with its data runs from its unpacked folder as it did, with its card and companions', async () => {
  await putModel('in')
  await put('in/README.md', '---\nlicense: mit # mine\nx: 1\n---\nText.\n')
  await put('in/labels.txt', 'cat')
  const uuid = await imported('in')
  cabinet.functions.update(ada, uuid, { Name: 'My: model?', Tags: ['new'] }, {})
  const { fileName, stream } = await cabinet.folders.one(uuid, {})
  expect(fileName).toBe('My_ model_.zip')
  const target = await unpacked(stream)
  const inside = ['README.md', 'My_ model_.onnx', 'data/w.bin', 'labels.txt'].map((name) => `My_ model_/${name}`)
  expect(await namesIn(target)).toEqual(inside.toSorted())
  await rm(join(folder, 'in'), { recursive: true })
  const session = await InferenceSession.create(join(target, 'My_ model_/My_ model_.onnx'))
  const { y } = await session.run({ x: new Tensor('float32', [1, 2, 3], [3]) })
  expect(y?.data).toEqual(Float32Array.of(1 + seed, 2 + seed, 3 + seed))
  await session.release()
  const card = await readFile(join(target, 'My_ model_/README.md'), 'utf8')
  expect(card).toMatch(/^---\nlicense: mit # mine\nx: 1\ntags:\n {2}- new\n---\nText\.\n$/)
})

test.each(['genai_config.json', 'MLmodel'])('a model that %s opens by its name keeps that name', async (companion) => {
  await putModel('in')
  await put(`in/${companion}`, '{}')
  const uuid = await imported('in')
  const [original] = cabinet.functions.get(uuid).body.Downloads
  cabinet.functions.update(ada, uuid, { Name: 'Mine' }, {})
  const target = await unpacked((await cabinet.folders.one(uuid, {})).stream)
  expect(await namesIn(join(target, 'Mine'))).toContain(original?.Name)
})

test('several models are a folder each with an index that runs nothing, and what cannot be given is named there', async () => {
  const names = ['=1+1', '<script>alert(1)</script>', 'same', 'SAME', 'con', 'lost']
  const uuids: string[] = []
  for (const [at, Name] of names.entries()) {
    await putModel(`in${at}`)
    const uuid = await imported(`in${at}`)
    await cabinet.functions.update(ada, uuid, { Name, Fields: { note: '@SUM(A1)' } }, {})
    uuids.push(uuid)
  }
  await rm(join(folder, 'in5/data/w.bin'))
  const target = await unpacked(cabinet.folders.many([...uuids, '00000000-0000-4000-8000-000000000000']).stream)
  expect((await readdir(target)).sort()).toEqual(
    ['=1+1', 'SAME (2)', '_con', '_script_alert(1)__script_', 'index.csv', 'index.html', 'same'].sort(),
  )
  const csv = await readFile(join(target, 'index.csv'), 'utf8')
  expect(csv).toContain(`"'=1+1`.slice(1))
  expect(csv.split('\r\n')).toHaveLength(names.length + 2)
  for (const line of csv.split('\r\n')) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+@]/)
  expect(csv).toMatch(/lost,,.*The file “w\.bin” is lost/)
  const html = await readFile(join(target, 'index.html'), 'utf8')
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/<script/)
})

test('what was changed on disk, or changes while it is sent, is never given as the model', async () => {
  await putModel('in')
  const uuid = await imported('in')
  const { stream } = await cabinet.folders.one(uuid, {})
  await put('in/data/w.bin', weights(99))
  await expect(unpacked(stream)).rejects.toThrow('was changed while it was being sent')
  await expect(cabinet.folders.one(uuid, {})).rejects.toMatchObject({ code: 'unavailable' })
})

test('a model without its data is refused with what is missing', async () => {
  await putModel('in')
  await rm(join(folder, 'in/data/w.bin'))
  const uuid = await imported('in')
  await expect(cabinet.folders.one(uuid, {})).rejects.toThrow('is not complete: its data file data/w.bin is missing.')
})
