import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Comparison } from '../../../src-contract/contract/models/compare.ts'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { noExternalFiles } from '../decode/external-data.ts'
import { inspect } from '../report/inspect.ts'
import { digestTensors, withTensorDigests } from '../tensors/digest-tensors.ts'
import { convolutionModel, floats } from '../testing/feature-models.ts'
import { buildModel, type GraphSpec, type ModelSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { compareReports } from './compare.ts'

async function digestedReport(bytes: Uint8Array): Promise<Inspection> {
  const source = memorySource(bytes)
  const { report, model } = inspect(source)
  return withTensorDigests(report, await Array.fromAsync(digestTensors(source, model, noExternalFiles)))
}

const { graph = {} } = convolutionModel
const base = buildModel(convolutionModel)

/** Compares the convolution model with itself after a change of its graph. */
async function compareWith(change: GraphSpec, model: Partial<ModelSpec> = {}): Promise<Comparison> {
  const other = buildModel({ ...convolutionModel, graph: { ...graph, ...change }, ...model })
  return Comparison.parse(compareReports(await digestedReport(base), await digestedReport(other)))
}

describe('the comparison of two models', () => {
  it('says that two Silero versions differ in weights only', async () => {
    const silero = (version: string) =>
      digestedReport(readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`))
    const comparison = compareReports(await silero('v5'), await silero('v6'))
    expect(comparison.Same).toEqual({ Bytes: false, Structure: true, Signature: true, Weights: false })
    expect(comparison.Verdict).toMatch(
      /^Only weights differ \(\d+ of 345 initializers\). Drop-in compatible: same inputs and outputs; expect different outputs\.$/,
    )
    expect(comparison.Initializers).toMatchObject({ Added: 0, Removed: 0, Renamed: 0, Unknown: 0 })
    expect(comparison.Operators).toEqual([])
  })

  it('names changed weights', async () => {
    const comparison = await compareWith({
      initializers: [floats('filter', [4, 3, 3, 3]), floats('bias', [4], 2), floats('weights', [2, 4])],
    })
    expect(comparison.Verdict).toContain('Only weights differ (1 of 3 initializers)')
    expect(comparison.Initializers.Items).toMatchObject([{ Name: 'bias', Change: 'changed' }])
  })

  it('knows the weights of tree ensembles, which are lists in attributes', async () => {
    const trees = (values: number[]) =>
      digestedReport(
        buildModel({
          opsets: { 'ai.onnx.ml': 3 },
          graph: {
            nodes: [
              {
                operator: 'TreeEnsembleRegressor',
                domain: 'ai.onnx.ml',
                inputs: ['x'],
                outputs: ['y'],
                attributes: { nodes_values: { floats: values } },
              },
            ],
            inputs: [{ name: 'x', type: { tensor: 'float', shape: ['N', 4] } }],
            outputs: [{ name: 'y', type: { tensor: 'float', shape: ['N', 1] } }],
          },
        }),
      )
    const values = Array.from({ length: 1000 }, (_, index) => index / 8)
    const comparison = compareReports(await trees(values), await trees(values.with(500, -1)))
    expect(comparison.Same).toMatchObject({ Structure: true, Weights: false })
    expect(comparison.Verdict).toContain('Only weights differ (1 of 1 initializers)')
    expect(comparison.Initializers.Items).toMatchObject([{ Name: 'y.nodes_values', Change: 'changed' }])
    expect(comparison.Parameters).toEqual({ Left: 1000, Right: 1000 })
    expect(compareReports(await trees(values), await trees(values)).Same.Weights).toBe(true)
  })

  it('tells how far outputs lie apart, where somebody measured it', async () => {
    const right = buildModel({
      ...convolutionModel,
      graph: {
        ...graph,
        initializers: [floats('filter', [4, 3, 3, 3]), floats('bias', [4], 2), floats('weights', [2, 4])],
      },
    })
    const reports = [await digestedReport(base), await digestedReport(right)] as const
    const verdict = (Largest: { Absolute: number; Relative: number } | null, Message = '') =>
      compareReports(...reports, [{ Name: 'scores', Largest, Message }]).Verdict
    expect(verdict({ Absolute: 0.012345, Relative: 0.5 })).toBe(
      'Only weights differ (1 of 3 initializers). Drop-in compatible: same inputs and outputs; on the same random inputs the largest difference of its outputs is 0.012 (in “scores”); decide whether that is acceptable.',
    )
    expect(verdict({ Absolute: 0, Relative: 0 })).toContain('on the same random inputs both give the same outputs.')
    expect(verdict(null, 'The shapes differ: [1] and [2].')).toContain(
      'the output “scores” cannot be compared: The shapes differ: [1] and [2].',
    )
  })

  it('calls models that compute the same by what differs', async () => {
    const comparison = await compareWith({}, { producer: { name: 'other', version: '2' }, metadata: { run: '7' } })
    expect(comparison.Verdict).toBe(
      'Same structure and same weights, only metadata or storage differ: interchangeable.',
    )
    expect(comparison.Metadata).toEqual([
      { Key: 'Producer', Left: 'tests 1', Right: 'other 2' },
      { Key: 'Metadata.run', Left: null, Right: '7' },
    ])
  })

  it('tells that it does not know while digests are open', () => {
    const { report } = inspect(memorySource(base))
    const comparison = compareReports(report, report)
    expect(comparison.Same.Weights).toBeNull()
    expect(comparison.Verdict).toContain('not known for 3 of 3 initializers')
  })

  it('recognises the same file by its digest', () => {
    const report = { ...inspect(memorySource(base)).report, FileSha256: 'ab' }
    expect(compareReports(report, report).Verdict).toBe('Both are the same file, byte for byte.')
  })

  it('sees through renamed weights', async () => {
    const nodes = graph.nodes?.map((node) => ({
      ...node,
      inputs: node.inputs?.map((name) => (name === 'bias' ? 'onnx::bias_7' : name)),
    }))
    const comparison = await compareWith({
      nodes,
      initializers: [floats('filter', [4, 3, 3, 3]), floats('onnx::bias_7', [4]), floats('weights', [2, 4])],
    })
    expect(comparison.Initializers).toMatchObject({ Same: 2, Renamed: 1, Added: 0, Removed: 0 })
    expect(comparison.Same).toMatchObject({ Structure: false, Weights: true })
    expect(comparison.Verdict).toContain('Same signature, but different nodes or attributes and the same weights')
  })

  it('counts operators that differ', async () => {
    const nodes = graph.nodes?.map((node) => (node.operator === 'Relu' ? { ...node, operator: 'Elu' } : node))
    const comparison = await compareWith({ nodes })
    expect(comparison.Operators).toEqual([
      { Domain: '', Type: 'Relu', Left: 1, Right: 0 },
      { Domain: '', Type: 'Elu', Left: 0, Right: 1 },
    ])
    expect(comparison.Verdict).toContain('different operators (Relu 1 → 0, Elu 0 → 1)')
  })

  it.each([
    [
      'a smaller input',
      { inputs: [{ name: 'image', type: { tensor: 'float', shape: [1, 3, 16, 16] } }] },
      'the input “image” was f32 N×3×16×16 and is f32 1×3×16×16',
    ],
    [
      'another type',
      { inputs: [{ name: 'image', type: { tensor: 'uint8', shape: ['N', 3, 16, 16] } }] },
      'the input “image” was f32 N×3×16×16 and is u8 N×3×16×16',
    ],
    [
      'an output that is gone',
      { outputs: [{ name: 'other', type: { tensor: 'float', shape: ['N', 2] } }] },
      'the output “scores-0:Cat;1:Dog” is gone',
    ],
    [
      'a new input',
      { inputs: [...(graph.inputs ?? []), { name: 'mask', type: { tensor: 'bool', shape: [] } }] },
      'it asks for a new input “mask” (bool)',
    ],
  ] satisfies [string, GraphSpec, string][])('says why %s forbids a replacement', async (_, change, sentence) => {
    const comparison = await compareWith(change)
    expect(comparison.Signature.Compatible).toBe(false)
    expect(comparison.Verdict).toBe(`Not drop-in compatible: ${sentence}.`)
  })

  it('tells a symbol that is called 1 from the size 1', async () => {
    const ofBatch = (size: string | number) =>
      digestedReport(
        buildModel({
          graph: { ...graph, inputs: [{ name: 'image', type: { tensor: 'float', shape: [size, 3, 16, 16] } }] },
        }),
      )
    const comparison = compareReports(await ofBatch('1'), await ofBatch(1))
    expect(comparison.Same).toMatchObject({ Structure: false, Signature: false })
    expect(comparison.Verdict).toContain('was f32 "1"×3×16×16 and is f32 1×3×16×16')
    expect(compareReports(await ofBatch('1'), await ofBatch('N')).Same.Signature).toBe(true)
  })

  it('allows inputs that take more, outputs that say more, and other names of symbols', async () => {
    const comparison = await compareWith({
      inputs: [{ name: 'image', type: { tensor: 'float', shape: ['batch', 3, null, 16] } }],
      outputs: [...(graph.outputs ?? []), { name: 'more', type: { tensor: 'float' } }],
    })
    expect(comparison.Signature.Compatible).toBe(true)
    expect(comparison.Signature.Changes.map(({ Name, Change }) => [Name, Change])).toEqual([
      ['image', 'changed'],
      ['more', 'added'],
    ])
  })
})
