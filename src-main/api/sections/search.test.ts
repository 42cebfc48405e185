import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { ada, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { addModel } from '../../onnx/testing/feature-models.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects people who look for a model by whatever they remember of it.

const Made = z.object({ UUID: z.string() })
const Rows = z.array(z.object({ Name: z.string() }))

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  for (const Name of ['resnet50', 'ResNet-50-v1', 'yolov8n', 'yolov8n-seg', 'YOLO v8 nano', 'bert-base', 'sd-v1.5_q4'])
    await api.cabinet.functions.create(ada, { Name }, {})
  const bytes = new Uint8Array(
    modelBytes(1, { ...addModel, producer: { name: 'Plugh', version: '7' }, metadata: { author: 'Quux' } }),
  )
  const data = JSON.stringify({ Name: 'Renamed', Fields: { dataset: 'ImageNet', accuracy: 0.91, version: '1.10' } })
  const { body } = await api.ask('/functions', withForm('POST', { data, file: { bytes, name: 'first_name.onnx' } }))
  const { UUID } = Made.parse((await api.ask('/catalogues', withJson('POST', { Name: 'Wild' }))).body)
  const change = {
    Catalogues: [UUID],
    SourceUrl: 'https://hub.example/acme/zebra',
    SourceName: 'acme/zebra',
    SourceKind: 'hugging-face',
    Licence: 'Apache-2.0',
    Tags: ['stripes', 'Savanna'],
  }
  await api.ask(`/function/${Made.parse(body).UUID}`, withJson('PATCH', change))
  await api.ask(`/catalogue/${UUID}`, withJson('PATCH', { Name: 'Wildlife' }))
})
afterAll(() => api.remove())

const found = async (query: string) => {
  const { status, body } = await api.ask(`/functions?OrderBy=Name&${query}`)
  expect({ query, status }).toEqual({ query, status: 200 })
  return Rows.parse(body).map(({ Name }) => Name)
}

const resnets = ['ResNet-50-v1', 'resnet50']
const yolos = ['YOLO v8 nano', 'yolov8n', 'yolov8n-seg']

it.each([
  ['resnet 50', resnets],
  ['resnet50', resnets],
  ['50', resnets],
  ['yolo v8', yolos],
  ['yolov8', yolos],
  ['v8', yolos],
  ['n-seg', ['yolov8n-seg']],
  ['_q4', ['sd-v1.5_q4']],
  ['first_name.onnx', ['Renamed']],
  ['imagenet', ['Renamed']],
  ['1.10', ['Renamed']],
  ['0.91', ['Renamed']],
  ['wildlife', ['Renamed']],
  ['zebra', ['Renamed']],
  ['savanna apache-2.0', ['Renamed']],
  ['plugh quux', ['Renamed']],
])('q=%s', async (q, names) => expect(await found(`q=${q}`)).toEqual(names))

it.each(['yolov8n', 'sd-v1.5_q4', 'bert-base'])('the name %s comes first where it is searched for', async (name) => {
  for (const q of [name, name.slice(0, 7), name.toUpperCase()])
    expect(Rows.parse((await api.ask(`/functions?q=${q}`)).body)[0]?.Name).toBe(name)
})

it.each([
  ['Field.dataset=imagenet', ['Renamed']],
  ['Field.accuracy=.9-', ['Renamed']],
  ['Field.version=1-2', ['Renamed']],
  ['Field.version=1.1', []],
  ['Has.Field.dataset=true', ['Renamed']],
  ['Has.File=true&Has.Alias=false', ['Renamed']],
  ['q=v8&Not.q=seg&Not.q=nano', ['yolov8n']],
  ['Has.Source=false&Not.q=v8&Not.Status=ok', ['bert-base', 'ResNet-50-v1', 'resnet50', 'sd-v1.5_q4']],
  ['Source=hugging-face', ['Renamed']],
  ['Source=Acme/Zebra', ['Renamed']],
  ['Source=acme', []],
  ['Licence=apache-2.0', ['Renamed']],
  ['Tag=stripes&Tag=savanna', ['Renamed']],
  ['Tag=stripes&Tag=plain', []],
  ['Not.Tag=stripes&q=renamed', []],
  ['Has.Licence=true', ['Renamed']],
  ['Path=/nowhere', []],
  ['UpdatedSince=1h&q=bert', ['bert-base']],
  ['InsertedSince=2999-01-01', []],
  ['Not.InsertedSince=2999-01-01&q=bert', ['bert-base']],
])('%s', async (query, names) => expect(await found(query)).toEqual(names))

it.each([
  ['Field.accuracy=>0.9', 'Field.accuracy'],
  ['Field.accuracy=0.9&Field.accuracy=0.8', 'Field.accuracy'],
  ['Has.Everything=true', 'Has.Everything'],
  ['Has.File=maybe', 'Has.File'],
  ['Not.Limit=3', 'Not.Limit'],
  ['Not.Nothing=3', 'Not.Nothing'],
  ['Not.Status=ok&Not.Status=gone', 'Not.Status'],
  ['Not.Not.Status=ok', 'Not.Not.Status'],
  ['UpdatedSince=2026-02-30', 'UpdatedSince'],
  ['InsertedSince=yesterday', 'InsertedSince'],
  ['InputProperty=scores', 'InputProperty'],
  ['Size=9-1', 'Size'],
  ['Licence=', 'Licence'],
  ['Source=%20', 'Source'],
  ['Tag=', 'Tag'],
  ['Path=a&Path=b', 'Path'],
  ['Not.Path=', 'Not.Path'],
])('%s is refused by name', async (query, field) => {
  expect(await api.ask(`/functions?${query}`)).toMatchObject({ status: 422, body: { Field: { Name: field } } })
})
