import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { addModel } from '../../onnx/testing/feature-models.ts'
import type { ModelSpec } from '../../onnx/testing/model-builder.ts'
import { finished } from '../jobs/testing/finished.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

// Protects people who find a model in their cabinet and want to know where they had it from.

let context: TestCabinet
let folder: string
let seed = 0
const commit = '9f4bef82ea6e296bc69f8a2f5939f73af81b07a6'

beforeAll(async () => {
  context = await openTestCabinet()
  folder = await mkdtemp(join(tmpdir(), 'cabinet-sources-'))
})
afterAll(async () => {
  await context.remove()
  await rm(folder, { recursive: true, force: true })
})

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}
const model = (path: string, spec: ModelSpec = addModel) => write(path, modelBytes(++seed, spec))
const json = (path: string, value: unknown) => write(path, JSON.stringify(value))

/** What was imported of a folder, by where it was found. */
async function imported(place: string): Promise<Record<string, FunctionItem>> {
  const { cabinet } = context
  const paths = [join(folder, place)]
  const job = await finished(
    cabinet,
    cabinet.jobs.startImport(ada, ImportRequest.parse({ Paths: paths, Mode: 'reference' })),
  )
  expect(job).toMatchObject({ State: 'done', Failures: [] })
  const { rows } = await cabinet.listing.list({ Path: join(folder, place) }, {})
  return Object.fromEntries(rows.map((item) => [item.Path?.slice(join(folder, place).length + 1) ?? '', item]))
}

const expectSources = async (
  place: string,
  expected: Record<string, Partial<FunctionItem['Source']> & { Name: string }>,
) => {
  const found = await imported(place)
  expect(Object.fromEntries(Object.entries(found).map(([path, { Source }]) => [path, Source]))).toEqual(
    Object.fromEntries(Object.entries(expected).map(([path, source]) => [path, expect.objectContaining(source)])),
  )
  return found
}

test('a file that is not what its name says is passed over, whatever is in it', async () => {
  await model('odd/net.onnx')
  await mkdir(join(folder, 'odd/MLmodel'))
  await write('odd/genai_config.json', '{"model": []}')
  await write('odd/args.yaml', 'a: &a [*a, *a]\n'.repeat(20))
  await write('odd/ort_config.json', `{"optimum_version": "${'x'.repeat(3_000_000)}"}`)
  await write('odd/config.json', Buffer.from([0xff, 0xfe, 0]))
  await write(
    'odd/.git/config',
    '[remote "origin"]\n\turl = https://huggingface.co.evil.example/a/b\n\turl = https://evilhuggingface.co/a/b\n',
  )
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'odd/README.md')])
  await expectSources('odd', { 'net.onnx': { Kind: 'folder', Name: 'odd', Url: null } })
})

test("a model of Hugging Face's cache has its repository and commit, and is called after them", async () => {
  const repository = 'hub/models--acme--tiny'
  await write(`${repository}/blobs/aa`, modelBytes(++seed))
  await write(`${repository}/blobs/bb`, modelBytes(++seed))
  await json(`${repository}/snapshots/${commit}/config.json`, {
    architectures: ['BertForSequenceClassification'],
    _name_or_path: 'google/bert',
  })
  await mkdir(join(folder, `${repository}/snapshots/${commit}/onnx`))
  for (const [name, blob] of [
    ['model', 'aa'],
    ['decoder_model_merged', 'bb'],
  ])
    await symlink(`../../../blobs/${blob}`, join(folder, `${repository}/snapshots/${commit}/onnx/${name}.onnx`))
  const source = {
    Name: 'acme/tiny',
    Kind: 'hugging-face',
    Revision: commit,
    Url: 'https://huggingface.co/acme/tiny',
    Task: 'text-classification',
    BaseModel: 'google/bert',
  } as const
  const inside = `models--acme--tiny/snapshots/${commit}/onnx`
  const found = await expectSources('hub', {
    [`${inside}/model.onnx`]: { ...source, Role: null },
    [`${inside}/decoder_model_merged.onnx`]: { ...source, Role: 'decoder' },
  })
  expect(
    Object.values(found)
      .map(({ Name }) => Name)
      .sort(),
  ).toEqual(['tiny', 'tiny/decoder_model_merged'])
})

test('a clone has its remote, a download of the Hub its commit', async () => {
  await model('clones/vad/onnx/net.onnx')
  await write('clones/vad/.git/config', '[remote "origin"]\n\turl = https://huggingface.co/acme/vad.git\n')
  await write('clones/vad/.git/HEAD', 'ref: refs/heads/main\n')
  await write('clones/vad/.git/refs/heads/main', `${commit}\n`)
  await model('clones/local/onnx/net.onnx')
  await write('clones/local/.cache/huggingface/download/onnx/net.onnx.metadata', `${commit}\netag\n1.5\n`)
  await expectSources('clones', {
    'vad/onnx/net.onnx': { Kind: 'hugging-face', Name: 'acme/vad', Revision: commit },
    'local/onnx/net.onnx': { Kind: 'hugging-face', Name: 'local', Revision: commit, Url: null },
  })
})

test('a model of MLflow has its run, and the name that it was logged or registered by', async () => {
  const description = (more: string) => `flavors:\n  onnx:\n    data: model.onnx\nmlflow_version: 3.1.0\n${more}`
  await model('mlruns/models/m-1/artifacts/model.onnx')
  await write(
    'mlruns/models/m-1/artifacts/MLmodel',
    description('artifact_path: file:///x/m-1/artifacts\nrun_id: 86a8\n'),
  )
  await write('mlruns/models/m-1/meta.yaml', 'model_id: m-1\nname: digits\n')
  await model('mlruns/registered/model.onnx')
  await write('mlruns/registered/MLmodel', description('run_id: 86a8\n'))
  await write('mlruns/registered/registered_model_meta', 'model_name: detector\nmodel_version: 3\n')
  await model('mlruns/saved/data/model.onnx')
  await write('mlruns/saved/MLmodel', description('artifact_path: classifier\n'))
  await expectSources('mlruns', {
    'models/m-1/artifacts/model.onnx': { Kind: 'mlflow', Name: 'digits', Revision: '86a8' },
    'registered/model.onnx': { Kind: 'mlflow', Name: 'detector', Revision: '3' },
    'saved/data/model.onnx': { Kind: 'mlflow', Name: 'classifier', Revision: null },
  })
})

test('the models of a GenAI folder are one group, each with its role', async () => {
  await json('phi/genai_config.json', {
    model: {
      type: 'phi3v',
      decoder: { filename: 'text.onnx', session_options: {} },
      embedding: { filename: 'embed.onnx' },
      vision: { pipeline: [{ patch: { filename: 'patch.onnx' } }] },
    },
  })
  for (const name of ['text', 'embed', 'patch', 'other']) await model(`phi/${name}.onnx`)
  const source = { Kind: 'genai', Name: 'phi', Task: 'text-generation' } as const
  await expectSources('phi', {
    'text.onnx': { ...source, Role: 'decoder' },
    'embed.onnx': { ...source, Role: 'embedding' },
    'patch.onnx': { ...source, Role: 'patch' },
    'other.onnx': { ...source, Role: null },
  })
})

test('what Ultralytics and Optimum export is known by what they write', async () => {
  const metadata = {
    description: 'Ultralytics YOLOv8n model trained on coco.yaml',
    author: 'Ultralytics',
    version: '8.3.40',
    license: 'AGPL-3.0 License (https://ultralytics.com/license)',
    docs: 'https://docs.ultralytics.com',
    task: 'detect',
  }
  await model('tools/yolov8n.onnx', { ...addModel, metadata })
  await model('tools/train/weights/best.onnx')
  await write('tools/train/args.yaml', 'task: segment\nmode: train\nmodel: yolov8n-seg.pt\nimgsz: 640\nname: train\n')
  await model('tools/bert/model.onnx')
  await json('tools/bert/config.json', { model_type: 'bert', architectures: ['BertForMaskedLM'] })
  await model('tools/t5/encoder_model.onnx')
  await json('tools/t5/ort_config.json', { optimum_version: '1.23.0' })
  const found = await expectSources('tools', {
    'yolov8n.onnx': { Kind: 'ultralytics', Name: 'YOLOv8n', Revision: '8.3.40', Task: 'object-detection' },
    'train/weights/best.onnx': {
      Kind: 'ultralytics',
      Name: 'train',
      BaseModel: 'yolov8n-seg.pt',
      Task: 'image-segmentation',
    },
    'bert/model.onnx': { Kind: 'optimum', Name: 'bert', Task: 'fill-mask' },
    't5/encoder_model.onnx': { Kind: 'optimum', Name: 't5', Role: 'encoder' },
  })
  expect(found['yolov8n.onnx']?.Licence).toBe('AGPL-3.0')
})

test('a better source takes the place of a folder, and a source that a person wrote stays', async () => {
  const bytes = modelBytes(++seed)
  await write('plain/net.onnx', bytes)
  const [first] = Object.values(await imported('plain'))
  expect(first?.Source).toMatchObject({ Kind: 'folder', Name: 'plain' })
  await write(`later/models--acme--net/snapshots/${commit}/model.onnx`, bytes)
  const [second] = Object.values(await imported('later'))
  expect(second).toMatchObject({ UUID: first?.UUID, Source: { Kind: 'hugging-face', Name: 'acme/net' } })
  await context.cabinet.functions.update(ada, first?.UUID ?? '', { SourceName: 'Mine', SourceKind: null }, {})
  await rm(join(folder, 'later'), { recursive: true })
  await write(`third/models--acme--other/snapshots/${commit}/model.onnx`, bytes)
  expect(Object.values(await imported('third'))[0]?.Source).toMatchObject({ Kind: null, Name: 'Mine' })
})

test("of a repository in Hugging Face's cache only the revisions of its branches and tags are imported", async () => {
  const repository = 'cache/models--acme--grown'
  await write(`${repository}/refs/main`, commit)
  await write(`${repository}/refs/refs/pr/1`, 'b'.repeat(40))
  for (const revision of ['a', 'b']) await model(`${repository}/snapshots/${revision.repeat(40)}/model.onnx`)
  await model(`${repository}/snapshots/${commit}/model.onnx`)
  expect(
    Object.values(await imported('cache'))
      .map(({ Source }) => Source.Revision)
      .sort(),
  ).toEqual([commit, 'b'.repeat(40)].sort())
  const old = `${repository}/snapshots/${'a'.repeat(40)}/model.onnx`
  expect(Object.values(await imported(old))).toMatchObject([{ Source: { Revision: 'a'.repeat(40) } }])
})

test('folders become catalogues where that is asked for, each once', async () => {
  for (const path of ['vision/a.onnx', 'vision/deep/b.onnx', 'text/c.onnx', 'd.onnx']) await model(`zoo/${path}`)
  await model('zoo/models--acme--net/snapshots/1/model.onnx')
  const { cabinet } = context
  cabinet.catalogues.create(ada, { Name: 'Vision' })
  const request = ImportRequest.parse({ Paths: [join(folder, 'zoo')], CataloguePerFolder: true })
  for (let time = 0; time < 2; time++) {
    expect(await finished(cabinet, cabinet.jobs.startImport(ada, request))).toMatchObject({ State: 'done' })
    const counts = cabinet.catalogues.list().map(({ Name, FunctionCount }) => [Name, FunctionCount])
    expect(Object.fromEntries(counts)).toEqual({ Vision: 2, text: 1, zoo: 1, 'acme/net': 1 })
  }
})
