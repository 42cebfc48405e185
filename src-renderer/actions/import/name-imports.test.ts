import { expect, it } from 'vitest'
import { nameImports } from './name-imports.ts'

it('tells models by their folders whose files share a name, and no others', () => {
  const names = nameImports(['/zoo/bert/model.onnx', '/zoo/gpt/model.onnx', '/zoo/vad.onnx'])
  expect([...names]).toEqual([
    ['/zoo/bert/model.onnx', 'bert'],
    ['/zoo/gpt/model.onnx', 'gpt'],
  ])
})

it('leaves files without folders as they are, as a browser names those that were picked one by one', () => {
  expect(nameImports(['model.onnx', 'model.onnx']).size).toBe(0)
})
