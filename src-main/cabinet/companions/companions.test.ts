import { symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { zipOf } from '../../files/testing/zip-of.ts'
import type { Cabinet } from '../cabinet.ts'
import { finished } from '../jobs/testing/finished.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

// The small files beside a model are kept with it, never those of somebody else, and never make another model of it.

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
  folder = await mkdtemp(join(tmpdir(), 'cabinet-companions-'))
  return () => rm(folder, { recursive: true, force: true })
})

async function put(name: string, bytes: Uint8Array | string = name): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return path
}
const putModel = (name: string) => put(name, modelBytes(++seed))
async function importing(request: Partial<ImportRequest> = {}) {
  const job = await finished(
    cabinet,
    cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: [folder], ...request })),
  )
  expect(job.Failures).toEqual([])
  return job.Result
}
async function details(): Promise<FunctionDetail[]> {
  const { rows } = await cabinet.listing.list({ Limit: 1_000 }, {})
  const all = rows.map(({ UUID }) => cabinet.functions.get(UUID).body)
  return all.filter(({ Paths }) => Paths.some((path) => path.startsWith(folder)))
}
async function only(): Promise<FunctionDetail> {
  const [one, ...others] = await details()
  if (!one || others.length > 0) throw new Error('There is not one model.')
  return one
}
const companionsOf = ({ Downloads }: FunctionDetail) =>
  Downloads.filter(({ Role }) => Role === 'companion').map(({ Name }) => Name)
async function textOf({ UUID }: FunctionDetail, name: string): Promise<string> {
  return readFile((await cabinet.modelFiles.download(UUID, name)).path, 'utf8')
}

test.each(['copy', 'reference'] as const)('known names beside a model are kept with it: %s', async (Mode) => {
  await putModel('net.onnx')
  const names = ['LICENSE', 'README.md', 'config.json', 'labels.txt', 'net.yaml', 'tokenizer.json']
  for (const name of names) await put(name)
  for (const name of ['diary.txt', '.env', 'train.py', 'README.md.swp']) await put(name)
  await importing({ Mode })
  const model = await only()
  expect(companionsOf(model)).toEqual(names)
  expect(model.ContentSha256).toBe(model.FileSha256)
  expect(model.TotalSize).toBe(model.Code.Size)
  await rm(join(folder, 'README.md'))
  expect(await textOf(model, 'README.md')).toBe('README.md')
})

test('in a folder of many models only those are kept that are named after theirs', async () => {
  for (let at = 0; at < 20; at++) await putModel(`m${at}.onnx`)
  for (const name of ['README.md', 'm1.json', 'm10_labels.txt', 'm10.onnx.json']) await put(name)
  await importing()
  const found = (await details()).map((model) => [model.Name, companionsOf(model)]).filter(([, names]) => names?.length)
  expect(new Map(found.map(([name, names]) => [name, names]))).toEqual(
    new Map([
      ['m1', ['m1.json']],
      ['m10', ['m10.onnx.json', 'm10_labels.txt']],
    ]),
  )
})

test('a repository with its model in onnx/ gives its card, and a second copy of the model takes nothing from it', async () => {
  await putModel('repo/onnx/model.onnx')
  await put('repo/README.md', 'the first')
  await put('repo/onnx/config.json')
  await importing()
  await put('second/README.md', 'the second')
  await put('second/model.onnx', await readFile(join(folder, 'repo/onnx/model.onnx')))
  expect(await importing()).toMatchObject({ Present: 2, Changed: 0 })
  const model = await only()
  expect(companionsOf(model)).toEqual(['README.md', 'config.json'])
  expect(await textOf(model, 'README.md')).toBe('the first')
})

test.each(['copy', 'reference'] as const)(
  'a changed companion is renewed once, as a step of history: %s',
  async (Mode) => {
    await putModel('net.onnx')
    await put('labels.txt', 'cat')
    await importing({ Mode })
    await expect.poll(async () => (await only()).Runs).toBe(true)
    await put('labels.txt', 'dog')
    expect(await importing({ Mode })).toMatchObject({ Changed: 1 })
    expect(await importing({ Mode })).toMatchObject({ Changed: 0, Present: 1 })
    const model = await only()
    expect(await textOf(model, 'labels.txt')).toBe('dog')
    expect(model.Runs).toBe(true)
    const { body } = await cabinet.functions.restore(ada, model.UUID, 1)
    expect(await textOf(body, 'labels.txt')).toBe('cat')
  },
)

test.skipIf(process.platform === 'win32')('a link out of the folder is not followed, one in a cache is', async () => {
  const secret = await put('elsewhere/secret')
  await putModel('blobs/abc')
  await put('blobs/def', 'a card')
  await mkdir(join(folder, 'snapshots/1'), { recursive: true })
  symlinkSync('../../blobs/abc', join(folder, 'snapshots/1/model.onnx'))
  symlinkSync('../../blobs/def', join(folder, 'snapshots/1/README.md'))
  symlinkSync(secret, join(folder, 'snapshots/1/config.json'))
  await importing()
  const model = await only()
  expect(companionsOf(model)).toEqual(['README.md'])
  expect(await textOf(model, 'README.md')).toBe('a card')
})

test('companions come with each model of an archive, from its folder and those around it', async () => {
  const archive = await zipOf({
    'README.md': Buffer.from('Of both.'),
    'a/labels.txt': Buffer.from('cat'),
    'a/model.onnx': modelBytes(++seed),
    'b/onnx/model.onnx': modelBytes(++seed),
    'b/config.json': Buffer.from('{}'),
  })
  await put('two.zip', archive)
  await importing()
  const found = (await details()).map((model) => [companionsOf(model), model.Documentation])
  expect(found.toSorted()).toEqual([
    [['README.md', 'config.json'], 'Of both.'],
    [['README.md', 'labels.txt'], 'Of both.'],
  ])
})

test('companions that come as an upload are kept, and one takes the place of that of its name', async () => {
  const download = async (name: string, text: string, mimeType = 'text/plain') => ({
    ...(await upload(cabinet, Buffer.from(text), name)),
    mimeType,
  })
  const bundle = await upload(cabinet, modelBytes(++seed), 'net.onnx')
  const downloads = [await download('labels.txt', 'cat'), await download('x.hef', 'x', 'application/x; device=hailo')]
  const { body } = await cabinet.functions.create(ada, {}, { bundle, downloads })
  expect(companionsOf(body)).toEqual(['labels.txt'])
  const changed = await cabinet.functions.update(
    ada,
    body.UUID,
    {},
    { downloads: [await download('labels.txt', 'dog')] },
  )
  expect(changed.body.Downloads.map(({ Role }) => Role)).toEqual(['model', 'device', 'companion'])
  expect(await textOf(changed.body, 'labels.txt')).toBe('dog')
})

const card = (licence: string, text: string) =>
  `---\nlicense: ${licence}\ntags: [onnx]\npipeline_tag: object-detection\n---\n${text}\n`

test('a card fills what is empty, follows its changes, and never what a person wrote or removed', async () => {
  await putModel('net.onnx')
  await put('README.md', card('mit', 'First.'))
  await importing({ Mode: 'reference' })
  const model = await only()
  expect(model).toMatchObject({
    Documentation: 'First.',
    Licence: 'MIT',
    Tags: ['onnx'],
    Source: { Task: 'object-detection' },
    Card: { Name: 'README.md', Filled: ['Documentation', 'Licence', 'SourceTask', 'Tags'], Problem: null },
  })
  cabinet.functions.update(ada, model.UUID, { Licence: 'ISC', Tags: [] }, {})
  expect((await only()).Card?.Filled).toEqual(['Documentation', 'SourceTask'])
  await put('README.md', card('apache-2.0', 'Second.'))
  expect(await importing({ Mode: 'reference' })).toMatchObject({ Changed: 1 })
  expect(await only()).toMatchObject({
    Documentation: 'Second.',
    Licence: 'ISC',
    Tags: [],
    Card: { Filled: ['Documentation', 'SourceTask'] },
  })
  cabinet.functions.update(ada, model.UUID, { Documentation: null }, {})
  await put('README.md', card('apache-2.0', 'Third.'))
  await importing({ Mode: 'reference' })
  expect(await only()).toMatchObject({ Documentation: '', Licence: 'ISC', Card: { Filled: ['SourceTask'] } })
})

test('a card that cannot be read is kept with its model, with a sentence', async () => {
  await putModel('net.onnx')
  await put('README.md', '---\nlicense: !!js/function "x"\n---\nText.')
  await importing()
  const model = await only()
  expect(companionsOf(model)).toEqual(['README.md'])
  expect(model).toMatchObject({
    Documentation: 'Text.',
    Licence: null,
    Card: { Filled: ['Documentation'], Problem: expect.stringContaining('front matter of README.md was not read') },
  })
})
