import { afterAll, beforeAll, expect, test } from 'vitest'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { externalModel } from '../testing/external-model.ts'
import { leavesNothing } from '../testing/leaves-nothing.ts'
import { ada, filesBelow, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

async function zipped(files: Record<string, Uint8Array>) {
  return upload(cabinet, await zipOf(files), 'bundle.zip')
}

test('a zip with a model and its external data runs here, and keeps the original', async () => {
  const bundle = await zipped({
    'net/model.onnx': modelBytes(16, externalModel),
    'net/data/w.bin': new Uint8Array(12),
    'net/readme.txt': Buffer.from('a companion'),
    'net/notes.txt': Buffer.from('not of the model'),
  })
  const { body } = await cabinet.functions.create(ada, {}, { bundle })
  expect(body.Name).toBe('bundle')
  expect(body.Downloads.map(({ MimeType, Name }) => [MimeType, Name])).toEqual([
    ['application/x-onnx', 'model.onnx'],
    ['application/octet-stream; source=external', 'w.bin'],
    ['application/zip; source=original', 'bundle.zip'],
    ['text/plain', 'readme.txt'],
  ])
  expect(await filesBelow(cabinet.files.incoming)).toEqual([])
  expect(cabinet.functions.inspection(body.UUID).External).toMatchObject([{ Location: 'data/w.bin', State: 'present' }])
  await expect.poll(() => cabinet.functions.get(body.UUID).body.Runs).toBe(true)
})

test.each([
  ['no model', { 'a.txt': Buffer.from('a') }, 'contains no .onnx file'],
  ['two models', { 'a.onnx': modelBytes(1), 'b.onnx': modelBytes(2) }, 'contains 2 models (a.onnx, b.onnx)'],
  ['a model that is none', { 'a.onnx': Buffer.from('text') }, ''],
])('a zip with %s is refused and leaves nothing', async (_, files, sentence) => {
  const bundle = await zipped(files)
  const error = await leavesNothing(context, () => cabinet.functions.create(ada, {}, { bundle }))
  expect(error).toMatchObject({ code: 'invalid', field: 'bundle', message: expect.stringContaining(sentence) })
})

test('a zip with a flipped byte is refused as damaged', async () => {
  const bytes = await zipOf({ 'a.onnx': modelBytes(17) })
  bytes[40] = (bytes[40] ?? 0) ^ 0xff
  const bundle = await upload(cabinet, bytes, 'flip.zip')
  expect(await leavesNothing(context, () => cabinet.functions.create(ada, {}, { bundle }))).toMatchObject({
    message: expect.stringMatching(/damaged/),
  })
})

test('what stands in the place of weights is named and not kept, in a zip and beside an uploaded model', async () => {
  const pointer = Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`)
  const bundle = await zipped({ 'model.onnx': modelBytes(18, externalModel), 'data/w.bin': pointer })
  const single = await upload(cabinet, modelBytes(19, externalModel))
  const beside = await upload(cabinet, pointer, 'data/w.bin')
  for (const files of [{ bundle }, { bundle: single, external: [beside] }]) {
    const { body } = await cabinet.functions.create(ada, {}, files)
    expect(body.Downloads.filter(({ Location }) => Location !== null)).toEqual([])
    const { External } = cabinet.functions.inspection(body.UUID)
    expect(External).toMatchObject([{ State: 'refused', Message: expect.stringContaining('is a Git LFS pointer') }])
  }
  expect(await filesBelow(cabinet.files.incoming)).toEqual([])
})
