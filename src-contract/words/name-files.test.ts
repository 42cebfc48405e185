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

test('files that differ in their extension only keep the whole path', () => {
  expect(shortest(['/m/a.onnx', '/m/a.zip'])).toEqual(['m/a', 'm/a'])
})

test('a name stays within 200 characters and keeps its end', () => {
  const deep = (last: string) => `/${'x'.repeat(150)}/${'y'.repeat(150)}/${last}/m.onnx`
  const [first = ''] = shortest([deep('1'), deep('2')])
  expect(first).toBe('1/m')
  const longest =
    nameFiles([deep('1')])
      .get(deep('1'))
      ?.at(-1) ?? ''
  expect(longest).toHaveLength(200)
  expect(longest).toMatch(/^…x*y*.*\/1\/m$/)
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
