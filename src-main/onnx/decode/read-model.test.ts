import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addModel, convolutionModel } from '../testing/feature-models.ts'
import { buildModel, buildTensor, type GraphSpec } from '../testing/model-builder.ts'
import { varintBytes } from '../testing/wire-writer.ts'
import { memorySource } from '../wire/byte-source.ts'
import { readModel } from './read-model.ts'
import { UnreadableModel } from './unreadable-model.ts'

function refusal(bytes: Uint8Array): string {
  try {
    readModel(memorySource(bytes), 'cat.onnx')
  } catch (error) {
    if (error instanceof UnreadableModel) return `${error.code}: ${error.message}`
    throw error
  }
  return 'read'
}

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))

describe('files that are no models', () => {
  it.each([
    ['nothing', '', 'empty: cat.onnx is empty: it has 0 bytes.'],
    ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'not-onnx: cat.onnx is not an ONNX model: it looks like a PNG image.'],
    ['a JPEG', '\xff\xd8\xff\xe0\0\x10JFIF', 'not-onnx: cat.onnx is not an ONNX model: it looks like a JPEG image.'],
    ['text', 'Dear reader,\nhello there\n', 'not-onnx: cat.onnx is not an ONNX model: it is a text file.'],
    ['JSON', '{"a": [1, 2]}', 'not-onnx: cat.onnx is not an ONNX model: it looks like a JSON file.'],
    [
      'zeros',
      '\0'.repeat(4000),
      'not-onnx: cat.onnx is not an ONNX model: its first bytes are all zero, as in an unfinished download.',
    ],
  ])('%s is refused by what it is', (_, content, sentence) => {
    expect(refusal(latin1(content))).toBe(sentence)
  })

  it.each([
    ['HTML', '<!DOCTYPE html><html></html>', 'web page'],
    ['a zip', 'PK\x03\x04\x14\0\0\0', 'zip archive'],
    ['gzip', '\x1f\x8b\x08\0', 'gzip'],
    ['HDF5', '\x89HDF\r\n\x1a\n', 'Keras'],
    ['a pickle', '\x80\x02}q\0', 'pickle'],
    ['TensorFlow Lite', '\x1c\0\0\0TFL3', 'TensorFlow Lite'],
    ['an .ort file', '\x18\0\0\0ORTM', '.ort format'],
    ['SafeTensors', '\x40\0\0\0\0\0\0\0{"__metadata__":{}}', 'SafeTensors'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'not downloaded'],
    ['random bytes', '\xf3\x9a\x01\xee\x42\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff', 'format is not recognised'],
  ])('%s is refused by name', (_, content, part) => {
    expect(refusal(latin1(content))).toMatch(/^not-onnx: cat\.onnx is not an ONNX model: /)
    expect(refusal(latin1(content))).toContain(part)
  })

  it('a lone tensor is called one', () => {
    const tensor = buildTensor({ name: 'x', type: 'float', shape: [2], floats: [1, 2] })
    expect(refusal(tensor)).toContain('single ONNX tensor')
  })

  it('a model without a graph, or with an empty one, is refused', () => {
    expect(refusal(buildModel({}))).toBe('no-graph: cat.onnx is not a complete ONNX model: it has no graph.')
    expect(refusal(buildModel({ graph: {} }))).toBe(
      'no-graph: cat.onnx is not a usable ONNX model: its graph is empty.',
    )
  })
})

describe('broken models', () => {
  const whole = buildModel(convolutionModel)

  it('are refused wherever they are cut off', () => {
    for (let length = 1; length < whole.length; length++) {
      const outcome = refusal(whole.subarray(0, length))
      // Cut between two fields behind the graph it is still a model, only without its operator sets.
      if (outcome === 'read') expect(length).toBeGreaterThan(whole.length - 8)
      else expect(outcome).toMatch(/^(truncated|no-graph|not-onnx): cat\.onnx /)
    }
  })

  it('say how much is missing', () => {
    expect(refusal(whole.subarray(0, 300))).toMatch(
      /^truncated: cat\.onnx is truncated or damaged: it has 300 bytes, and its contents need at least \d/,
    )
  })

  it('are refused where a field is longer than what holds it', () => {
    const broken = Uint8Array.from([8, 8, 0x3a, 4, 0x0a, 0x7f, 0, 0, ...new Uint8Array(200)])
    expect(refusal(broken)).toMatch(/^damaged: .* at byte 6 a field declares 127 bytes where 2 are left\.$/)
  })

  it('are refused where graphs are nested deeper than protobuf allows, without using up the stack', () => {
    let graph: GraphSpec = { name: 'innermost' }
    for (let depth = 0; depth < 60; depth++) {
      graph = { nodes: [{ operator: 'If', attributes: { then_branch: { graph } } }] }
    }
    expect(refusal(buildModel({ graph }))).toMatch(/^too-deep: /)
  })

  it('are refused where they declare astronomical sizes', () => {
    expect(refusal(Uint8Array.from([8, 8, 0x3a, ...varintBytes(2n ** 62n), 1, 2]))).toMatch(
      /^truncated: cat\.onnx is truncated or damaged: it has \d+ bytes\.$/,
    )
  })

  it('are refused where a name would fill the memory', () => {
    const graph: GraphSpec = { nodes: [{ operator: 'x'.repeat(2_000_000) }] }
    expect(refusal(buildModel({ graph }))).toBe('too-large: cat.onnx cannot be read: a name in it has 2,000,000 bytes.')
  })

  it('are refused where millions of empty entries would fill the memory', () => {
    const count = 2_100_000
    const graph = new Uint8Array(2 * count)
    for (let index = 0; index < count; index++) graph[2 * index] = 0x0a
    expect(
      refusal(Uint8Array.from(Buffer.concat([Uint8Array.from([8, 8, 0x3a]), varintBytes(graph.length), graph]))),
    ).toMatch(/^too-large: /)
  })
})

describe('readable models', () => {
  it('may hold fields that are not known', () => {
    const bytes = Buffer.concat([buildModel(addModel), Uint8Array.from([0xfa, 0x07, 2, 1, 1])])
    expect(readModel(memorySource(bytes), 'cat.onnx').unknownFields).toBe(1)
  })

  it('may have their graph in two parts, which protobuf merges', () => {
    const first = buildModel({ graph: { nodes: [{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }] } })
    const second = buildModel({ irVersion: null, opsets: {}, graph: { outputs: [{ name: 'y' }] } })
    const model = readModel(memorySource(Buffer.concat([first, second])), 'cat.onnx')
    expect([model.graph.nodes.length, model.graph.outputs.length]).toEqual([1, 1])
  })

  it('are read without the values of their tensors', () => {
    const path = 'node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx'
    const source = memorySource(readFileSync(path))
    const model = readModel(source, 'silero_vad_v5.onnx')
    expect(model.producerName).toBe('spox')
    expect(source.bytesRead()).toBeLessThan(source.size / 4)
  })
})
