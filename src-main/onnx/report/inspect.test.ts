import { describe, expect, it } from 'vitest'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { addModel, convolutionModel, everythingModel, floats } from '../testing/feature-models.ts'
import { buildModel, type ModelSpec, type TensorSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { inspect } from './inspect.ts'
import { findWarnings } from './warnings.ts'

function reportOf(spec: ModelSpec) {
  const { report } = inspect(memorySource(buildModel(spec)), { fileName: 'model.onnx' })
  return Inspection.parse(JSON.parse(JSON.stringify(report)))
}

describe('the report', () => {
  it('has the shape that the contract describes, whatever the model holds', () => {
    expect(() => reportOf(everythingModel)).not.toThrow()
  })

  it('names what the model says of itself', () => {
    const report = reportOf(everythingModel)
    expect(report).toMatchObject({
      Format: 'onnx',
      IrVersion: 13,
      Opsets: [
        { Domain: '', Version: 25 },
        { Domain: 'ai.onnx.ml', Version: 5 },
        { Domain: 'my.domain', Version: 3 },
      ],
      Producer: { Name: 'tests', Version: '2.0' },
      Domain: 'org.example',
      ModelVersion: '9007199254740993',
      Documentation: 'Something of everything.',
      Metadata: [
        { Key: 'author', Value: 'Ada' },
        { Key: 'näme', Value: 'wért' },
      ],
      Quantized: true,
      Training: true,
      Functions: [{ Domain: 'my.functions', Name: 'Doubled', Nodes: 2 }],
    })
  })

  it('tells stored defaults from real inputs', () => {
    const initialized = reportOf(everythingModel).Inputs.filter((input) => input.Initialized)
    expect(initialized.map((input) => input.Name)).toEqual(['default'])
  })

  it('keeps symbolic, unknown, huge and missing dimensions apart', () => {
    const shapes = new Map(reportOf(everythingModel).Inputs.map((input) => [input.Name, input.Shape]))
    expect(shapes.get('in_float')).toEqual([1, 'N', null])
    expect(shapes.get('scalar')).toEqual([])
    expect(shapes.get('any_rank')).toBeNull()
    expect(shapes.get('huge')).toEqual(['9007199254740993', -1])
  })

  it('names types that are no tensors', () => {
    const types = new Map(reportOf(everythingModel).Inputs.map((input) => [input.Name, `${input.Kind} ${input.Type}`]))
    expect(types.get('list')).toBe('sequence seq(tensor(float))')
    expect(types.get('maybe')).toBe('optional optional(seq(tensor(string)))')
    expect(types.get('table')).toBe('sequence seq(map(int64,tensor(float)))')
    expect(types.get('sparse')).toBe('sparse sparse_tensor(double)')
    expect(types.get('thing')).toBe('opaque opaque(my.domain,Thing)')
  })

  it('counts operators and stored values through sub-graphs and functions', () => {
    const report = reportOf(everythingModel)
    expect(report.Graph).toMatchObject({ Nodes: 2, SubGraphs: 4, AllNodes: 6, Edges: 2 })
    expect(report.Operators.map(({ Type }) => Type).sort()).toEqual([
      'Add',
      'Constant',
      'Doubled',
      'Everything',
      'If',
      'Relu',
    ])
    const byScope = report.Initializers.map(({ Scope, Name }) => `${Scope} ${Name}`)
    expect(byScope).toContain('main/0.g inside')
    expect(byScope).toContain('function:my.functions:Doubled:of%20floats k')
    expect(byScope).toContain('main thin')
    expect(report.Parameters.ByType.find(({ ElementType }) => ElementType === 'int4')).toMatchObject({
      Count: 3,
      Bytes: 2,
    })
  })

  it('counts multiply-accumulates with the batch taken as 1', () => {
    const { Compute } = reportOf(convolutionModel)
    expect(Compute).toEqual({ Macs: 4 * 8 * 8 * 27 + 2 * 4, Coverage: 1, Assumed: ['N'] })
  })

  it('says that it does not know the multiply-accumulates where a size is open', () => {
    const inputs = [{ name: 'image', type: { tensor: 'float' as const, shape: ['N', 3, 'H', 'W'] } }]
    const graph = { ...convolutionModel.graph, inputs }
    const { Compute } = reportOf({ ...convolutionModel, graph })
    expect(Compute.Coverage).toBe(0.5)
    expect(Compute.Macs).toBe(8)
  })

  it('recognises options by the name convention', () => {
    const report = reportOf(convolutionModel)
    expect(report.Inputs[0]?.Option).toBe('image')
    expect(report.Outputs[0]?.Option).toBe('scores')
    expect(report.Outputs[0]?.Labels).toEqual([
      { Id: '0', Label: 'Cat' },
      { Id: '1', Label: 'Dog' },
    ])
  })

  it('lists an external file once, as missing where nobody knows better', () => {
    expect(reportOf(everythingModel).External).toEqual([
      { Location: 'weights.bin', Bytes: 4000, State: 'missing', Message: 'weights.bin is not next to the model.' },
    ])
  })
})

describe('external files', () => {
  const piece = (name: string, offset: string, length = '4096'): TensorSpec => ({
    name,
    type: 'float',
    shape: [1024],
    external: { location: 'm.data', offset, length },
  })
  const bytesOf = (...initializers: TensorSpec[]) =>
    reportOf({ graph: { ...addModel.graph, initializers } }).External.map(({ Bytes }) => Bytes)

  it('count a region once that tensors share, whole or in part', () => {
    expect(bytesOf(piece('a', '0'), piece('b', '0'))).toEqual([4096])
    expect(bytesOf(piece('b', '2048'), piece('a', '0'), piece('c', '8192'))).toEqual([6144 + 4096])
  })

  it('are also what a provider compiled, unless it is in the node', () => {
    const compiled = (embed_mode: number): ModelSpec => ({
      graph: {
        ...addModel.graph,
        nodes: [
          {
            operator: 'EPContext',
            domain: 'com.microsoft',
            attributes: { embed_mode: { int: embed_mode }, ep_cache_context: { string: 'model_qnn.bin' } },
          },
        ],
      },
    })
    expect(reportOf(compiled(0)).External).toMatchObject([{ Location: 'model_qnn.bin', State: 'missing' }])
    expect(reportOf(compiled(1)).External).toEqual([])
  })
})

describe('warnings', () => {
  const codesOf = (spec: ModelSpec) => reportOf(spec).Warnings.map(({ Code }) => Code)

  it('are none for an ordinary model', () => {
    expect(codesOf(convolutionModel)).toEqual([])
  })

  it('name versions that are newer than known', () => {
    expect(codesOf({ ...addModel, irVersion: 99, opsets: { '': 999 } })).toEqual(['ir-version', 'opset'])
  })

  it('do not name the versions of ONNX 1.23', () => {
    const opsets = { '': 28, 'ai.onnx.ml': 5, 'ai.onnx.preview': 1 }
    expect(codesOf({ ...addModel, irVersion: 14, opsets })).toEqual([])
  })

  it('name a single file that is larger than protobuf allows', () => {
    const { model } = inspect(memorySource(buildModel(addModel)))
    const codes = (size: number) => findWarnings(model, [], [], size).map(({ Code }) => Code)
    expect([codes(2 ** 31 - 1), codes(2 ** 31)]).toEqual([[], ['file-size']])
  })

  it('name duplicates, values without a source and shapes that contradict each other', () => {
    const graph: ModelSpec['graph'] = {
      nodes: [
        { operator: 'Relu', name: 'same', inputs: ['w'], outputs: ['a'] },
        { operator: 'Relu', name: 'same', inputs: ['w'], outputs: ['a'] },
      ],
      initializers: [floats('w', [2, 3])],
      inputs: [{ name: 'w', type: { tensor: 'float', shape: [3, 2] } }],
      outputs: [{ name: 'nowhere', type: { tensor: 'float' } }],
    }
    expect(codesOf({ graph })).toEqual(['duplicate-name', 'duplicate-name', 'no-source', 'shape-conflict'])
  })

  it('name tensors whose size is not what their shape needs', () => {
    const graph = { ...addModel.graph, initializers: [{ ...floats('w', [2, 3]), shape: [2, 4] }] }
    expect(codesOf({ graph })).toEqual(['tensor-size'])
  })

  it('name external tensors whose piece of the file is not what their shape needs (CVE-2026-7482)', () => {
    const piece = (length: string): TensorSpec => ({
      name: 'w',
      type: 'float',
      shape: [4],
      external: { location: 'weights.bin', length },
    })
    const codes = (length: string) => codesOf({ graph: { ...addModel.graph, initializers: [piece(length)] } })
    expect(codes('16')).toEqual([])
    expect(codes('3')).toEqual(['tensor-size'])
  })

  it('tell that a tensor is only a segment of one', () => {
    const piece: TensorSpec = { ...floats('w', [2, 3]), shape: [2, 4], segment: [0, 6] }
    const { Warnings } = reportOf({ ...addModel, graph: { ...addModel.graph, initializers: [piece] } })
    expect(Warnings.map(({ Code, Message }) => `${Code}: ${Message}`)).toEqual([
      'segment: The tensor “w” is stored as a segment: the file holds its values 0 to 6 and not the others, so it cannot be used as it is.',
    ])
  })

  it('name broken option names', () => {
    const graph = {
      ...addModel.graph,
      inputs: [{ name: 'image-0', type: { tensor: 'float' as const } }, ...(addModel.graph?.inputs ?? [])],
    }
    expect(codesOf({ graph })).toEqual(['name-convention'])
  })
})

describe('the structure digest', () => {
  const digestOf = (spec: ModelSpec) => reportOf(spec).StructureSha256
  const { graph = {} } = convolutionModel

  it('is the same for other weights, documentation and producers', () => {
    const retrained = {
      ...graph,
      initializers: [floats('filter', [4, 3, 3, 3], 5), floats('bias', [4], 9), floats('weights', [2, 4], 3)],
    }
    const other: ModelSpec = {
      ...convolutionModel,
      graph: retrained,
      documentation: 'new',
      producer: { name: 'x', version: '9' },
    }
    expect(digestOf(other)).toBe(digestOf(convolutionModel))
  })

  it('is the same for weights that are stored in another way', () => {
    const values = Float32Array.from({ length: 4 }, (_, index) => index)
    const typed = { name: 'bias', type: 'float' as const, shape: [4], floats: [...values] }
    const initializers = [floats('filter', [4, 3, 3, 3]), typed, floats('weights', [2, 4])]
    expect(digestOf({ ...convolutionModel, graph: { ...graph, initializers } })).toBe(digestOf(convolutionModel))
  })

  it.each([
    ['an attribute', { nodes: graph.nodes?.map((node, index) => (index === 0 ? { ...node, attributes: {} } : node)) }],
    ['an operator', { nodes: graph.nodes?.map((node, index) => (index === 1 ? { ...node, operator: 'Elu' } : node)) }],
    ['an edge', { nodes: graph.nodes?.map((node, index) => (index === 2 ? { ...node, inputs: ['features'] } : node)) }],
    [
      'the shape of a weight',
      { initializers: [floats('filter', [4, 3, 3, 3]), floats('bias', [1]), floats('weights', [2, 4])] },
    ],
    [
      'the type of an input',
      { inputs: [{ name: 'image', type: { tensor: 'float16' as const, shape: ['N', 3, 16, 16] } }] },
    ],
  ])('changes with %s', (_, change) => {
    expect(digestOf({ ...convolutionModel, graph: { ...graph, ...change } })).not.toBe(digestOf(convolutionModel))
  })
})
