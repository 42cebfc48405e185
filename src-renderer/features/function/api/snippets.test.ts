import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../src-contract/contract/models/inspection.ts'
import { signaturePython, signatureTypescript } from '../signature/signature-code.ts'
import { runtimeSnippet } from './runtime-snippet.ts'
import { curlSnippet, pythonSnippet } from './snippets.ts'

const value = (more: Partial<GraphValue>): GraphValue => ({
  Name: 'x',
  Kind: 'tensor',
  ElementType: 'float',
  Type: 'tensor(float)',
  Shape: [],
  Initialized: false,
  Documentation: '',
  Option: null,
  Labels: [],
  ...more,
})

const model = {
  uuid: '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10',
  name: "it's; rm -rf",
  url: 'http://127.0.0.1:8807',
  tokenFile: "/home/o'brien/token",
  downloadPath: '/function/x/download/a.onnx',
}

describe('code to copy', () => {
  it('quotes names and paths, so that a model called like a command stays a name', () => {
    expect(curlSnippet(model, undefined)).toContain(`-o 'it'\\''s; rm -rf.onnx'`)
    expect(curlSnippet(model, undefined)).toContain(`cat '/home/o'\\''brien/token'`)
    expect(pythonSnippet(model, undefined)).toContain(`Path("/home/o'brien/token")`)
  })

  it('writes shapes as the language has them', () => {
    const report = {
      Inputs: [value({ Shape: ['N'] }), value({ Name: 'w', Initialized: true })],
      Outputs: [value({ Name: 'y', Shape: null, ElementType: 'int64' })],
    }
    expect(signaturePython(report)).toBe(
      'inputs = {\n    "x": ("float", ("N",)),\n}\noutputs = {\n    "y": ("int64", None),\n}',
    )
    expect(signatureTypescript(report)).toContain('"y": BigInt64Array')
  })

  it('gives sequences as lists in Python, and says what it cannot make up', () => {
    const report = {
      Inputs: [
        value({ Name: 'many', Kind: 'sequence', Type: 'seq(tensor(float))', Shape: [2] }),
        value({ Name: 'maybe', Kind: 'optional', Type: 'optional(tensor(float))', Shape: [2] }),
        value({ Name: 'table', Kind: 'map', Type: 'map(int64,tensor(float))' }),
      ],
    }
    const lines = runtimeSnippet(model, report, null).split('\n')
    expect(lines).toContain('    "many": [np.zeros((2,), dtype=np.float32)],')
    expect(lines).toContain('    "maybe": np.zeros((2,), dtype=np.float32),')
    expect(lines).toContain('    # "table": map(int64,tensor(float))')
  })

  it('keeps what a model calls its sizes in the comment, though it tells of a line of code', () => {
    const report = { Inputs: [value({ Shape: ['N\nimport os #\u2028evil()'] })], Outputs: [] }
    const hasLine = (text: string) => text.split(/[\n\r\u2028]/).some((line) => /^(import os|evil)/.test(line))
    expect(hasLine(signatureTypescript(report))).toBe(false)
    expect(hasLine(runtimeSnippet(model, report, null))).toBe(false)
  })
})
