import { expect, test } from 'vitest'
import { companionsOf } from './companions-of.ts'
import { rememberPath } from './file-path.ts'

// Protects the files around a model, which a browser sends only where we say which.

function file(path: string): File {
  const made = new File(['x'], path.slice(path.lastIndexOf('/') + 1))
  rememberPath(made, path)
  return made
}
const dropped = [
  'hub/README.md',
  'hub/tokenizer.json',
  'hub/onnx/model.onnx',
  'hub/onnx/model_labels.txt',
  'hub/onnx/weights.bin',
  'hub/other/README.md',
  'hub/other/net.onnx',
  'hub/other/net.json',
].map(file)
const namesOf = (files: File[]) => files.map(({ name }) => name)

test.each([
  ['hub/onnx/model.onnx', ['README.md', 'model_labels.txt', 'tokenizer.json']],
  ['hub/other/net.onnx', ['README.md', 'net.json']],
])('of a folder, %s', (model, names) => {
  expect(namesOf(companionsOf(model, dropped))).toEqual(names)
})

test('of files that were chosen together', () => {
  expect(namesOf(companionsOf('net.onnx', [file('net.onnx'), file('labels.txt'), file('w.bin')]))).toEqual([
    'labels.txt',
  ])
})

test('of paths there are none: the cabinet finds them itself', () => {
  expect(companionsOf('/a/net.onnx', ['/a/net.onnx', '/a/README.md'])).toEqual([])
})
