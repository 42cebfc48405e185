import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ModelSpec } from '../../onnx/testing/model-builder.ts'
import type { Cabinet } from '../cabinet.ts'
import { ada, modelBytes, openTestCabinet, type TestCabinet, upload } from '../testing/test-cabinet.ts'

// Class names say what a model's numbers mean: they are read from what came with it, and swapped ones are never passed over.

let context: TestCabinet
let cabinet: Cabinet
beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

const scores: ModelSpec = {
  graph: {
    nodes: [{ operator: 'Softmax', inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x', type: { tensor: 'float', shape: [1, 2] } }],
    outputs: [{ name: 'y', type: { tensor: 'float', shape: [1, 2] } }],
  },
}

async function labelled(name: string, text: string, spec: ModelSpec = scores): Promise<string> {
  const bundle = await upload(cabinet, modelBytes(1, spec), 'net.onnx')
  const downloads = name === '' ? [] : [{ ...(await upload(cabinet, Buffer.from(text), name)), mimeType: 'text/plain' }]
  return (await cabinet.functions.create(ada, {}, { bundle, downloads })).body.UUID
}
const labelsOf = (uuid: string) => cabinet.functions.inspection(uuid).Outputs[0]?.Labels.map(({ Label }) => Label)

test.each([
  ['labels.txt', 'cat\r\ndog\n'],
  ['labels.json', '["cat", "dog"]'],
  ['net_classes.json', '{"dog": 1, "cat": 0}'],
  ['coco.names', 'cat\ndog'],
  ['config.json', '{"id2label": {"1": "dog", "0": "cat"}, "label2id": {}}'],
])('the classes of an output are named by %s', async (name, text) => {
  expect(labelsOf(await labelled(name, text))).toEqual(['cat', 'dog'])
})

test('they are named by what Ultralytics writes into a model, and by nothing that is damaged', async () => {
  const metadata = { names: `{0: 'cat', 1: "dog's"}` }
  expect(labelsOf(await labelled('', '', { ...scores, metadata }))).toEqual(['cat', "dog's"])
  expect(labelsOf(await labelled('labels.json', '{"a": [', scores))).toEqual([])
  expect(labelsOf(await labelled('config.json', '{"id2label": {"__proto__": 1}}', scores))).toEqual([])
})

test('swapped class names break what calls a model, also where its bytes are the same', async () => {
  const [one, other] = [await labelled('labels.txt', 'cat\ndog'), await labelled('labels.txt', 'dog\ncat')]
  expect(await cabinet.models.compare(one, other, {})).toMatchObject({
    Same: { Bytes: true, Signature: false },
    Signature: {
      Compatible: false,
      Changes: [{ Side: 'output', Name: 'y', Left: 'class 0 cat, 1 dog', Right: 'class 0 dog, 1 cat', Breaks: true }],
    },
    Verdict: 'Not drop-in compatible: the output “y” was class 0 cat, 1 dog and is class 0 dog, 1 cat.',
  })
  expect(await cabinet.models.compare(one, one, {})).toMatchObject({ Signature: { Compatible: true } })
})
