import { expect, test } from 'vitest'
import { nameFiles } from './name-files.ts'

const shortest = (paths: string[]) => paths.map((path) => nameFiles(paths).get(path)?.[0])

test('a file whose name is its own is called by it', () => {
  expect(shortest(['/models/a/detector.onnx', '/models/b/classifier.v2.onnx'])).toEqual(['detector', 'classifier.v2'])
})

test('files of the same name are told apart by as many folders as it takes', () => {
  expect(
    shortest(['/m/resnet/1/final.onnx', '/m/resnet/2/final.onnx', '/m/yolo/2/final.onnx', '/m/other.onnx']),
  ).toEqual(['1/final', 'resnet/2/final', 'yolo/2/final', 'other'])
})

test('names that differ in case only are told apart too, and Windows paths are understood', () => {
  expect(shortest(['C:\\m\\a\\Final.onnx', 'C:\\m\\b\\final.onnx'])).toEqual(['a/Final', 'b/final'])
})

test('files of one folder are told apart by what differs, never by their path', () => {
  expect(shortest(['/m/a.onnx', '/m/a.zip'])).toEqual(['a', 'a.zip'])
  expect(shortest(['/m/Case.onnx', '/m/case.onnx'])).toEqual(['Case', 'case'])
})

test('a file whose name says nothing is called after its folder, where others share it', () => {
  expect(shortest(['/zoo/bert/model.onnx', '/zoo/gpt/onnx/model.onnx', '/zoo/gpt.onnx'])).toEqual([
    'bert',
    'zoo/gpt',
    'gpt',
  ])
  expect(shortest(['/m/resnet/1/model.onnx', '/m/yolo/1/model.onnx'])).toEqual(['resnet/1', 'yolo/1'])
  expect(shortest(['/runs/train/weights/best.onnx', '/runs/train2/weights/best.onnx'])).toEqual([
    'train/best',
    'train2/best',
  ])
  expect(shortest(['/zoo/model.onnx'])).toEqual(['model'])
})

test("what is in Hugging Face's cache is called after its repository, never after a commit", () => {
  const at = (repository: string, inside: string, revision = '9f4bef82ea6e296bc69f8a2f5939f73af81b07a6') =>
    `/home/ada/hub/models--${repository}/snapshots/${revision}/${inside}`
  expect(shortest([at('acme--net', 'onnx/model.onnx')])).toEqual(['net'])
  expect(shortest([at('acme--net', 'model.onnx'), at('zoo--net', 'model.onnx'), at('gpt2', 'a.onnx')])).toEqual([
    'acme/net',
    'zoo/net',
    'gpt2/a',
  ])
  expect(shortest([at('acme--net', 'onnx/model.onnx'), at('acme--net', 'onnx/model_fp16.onnx')])).toEqual([
    'net',
    'net/model_fp16',
  ])
  expect(shortest([at('acme--net', 'model.onnx'), at('acme--net', 'model.onnx', 'abd2878')])).toEqual([
    'acme/net@9f4bef8/model',
    'acme/net@abd2878/model',
  ])
})

test('a name stays within 200 characters and keeps its end', () => {
  const deep = (last: string) => `/${'x'.repeat(150)}/${'y'.repeat(150)}/${last}/m.onnx`
  const [first = ''] = shortest([deep('1'), deep('2')])
  expect(first).toBe('1/m')
  const [long = ''] = shortest([`/${'x'.repeat(250)}1.onnx`])
  expect(long).toHaveLength(200)
  expect(long).toMatch(/^…x*1$/)
})

test('ten thousand files of one name are named at once', () => {
  const paths = Array.from(
    { length: 10_000 },
    (_, index) => `/data/${index % 100}/${Math.floor(index / 100)}/final_v3_fixed.onnx`,
  )
  const names = shortest10k(paths)
  expect(new Set(names).size).toBe(10_000)
})

function shortest10k(paths: string[]): (string | undefined)[] {
  const names = nameFiles(paths)
  return paths.map((path) => names.get(path)?.[0])
}
