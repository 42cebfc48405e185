import { describe, expect, it } from 'vitest'
import { buildModel, type ModelSpec, type NodeSpec, type TypeSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { inspect } from './inspect.ts'

const value = (name: string, shape: (number | string)[]) => ({
  name,
  type: { tensor: 'float', shape } satisfies TypeSpec,
})

/** The figures of a model of one node, whose inputs `a`, `b` … have these shapes. */
function reportOf(node: NodeSpec, inputs: (number | string)[][], output?: number[], model: Partial<ModelSpec> = {}) {
  const names = inputs.map((_, index) => String.fromCharCode(97 + index))
  const graph = {
    nodes: [{ inputs: names, outputs: ['y'], ...node }],
    inputs: inputs.map((shape, index) => value(names[index] ?? '', shape)),
    outputs: [output ? value('y', output) : { name: 'y' }],
  }
  return inspect(memorySource(buildModel({ ...model, graph }))).report
}

const microsoft = (operator: string, attributes: NodeSpec['attributes'] = {}): NodeSpec => ({
  operator,
  domain: 'com.microsoft',
  attributes,
})
const equation = (string: string): NodeSpec => ({ operator: 'Einsum', attributes: { equation: { string } } })
const heads = { num_heads: { int: 4 }, kv_num_heads: { int: 2 } }

describe('multiply-accumulates', () => {
  it.each<[string, NodeSpec, (number | string)[][], number]>([
    [
      'a product in blocks of four bits',
      microsoft('MatMulNBits', { K: { int: 64 }, N: { int: 32 } }),
      [[1, 10, 64]],
      20_480,
    ],
    ['a product in NF4', microsoft('MatMulBnb4', { K: { int: 64 }, N: { int: 32 } }), [[10, 64]], 20_480],
    [
      'a product of integers',
      microsoft('MatMulIntegerToFloat'),
      [
        [4, 32],
        [32, 16],
      ],
      2_048,
    ],
    [
      'a fused product, right side transposed',
      microsoft('FusedMatMul', { transB: { int: 1 } }),
      [
        [2, 4],
        [5, 4],
      ],
      40,
    ],
    [
      'a fused product, left side transposed',
      microsoft('FusedMatMul', { transA: { int: 1 } }),
      [
        [4, 2],
        [4, 5],
      ],
      40,
    ],
    [
      'a fused product, batch in the middle',
      microsoft('FusedMatMul', { transBatchA: { int: 1 } }),
      [
        [2, 7, 4],
        [7, 4, 5],
      ],
      280,
    ],
    ['a quantized product', { operator: 'QLinearMatMul' }, [[2, 4], [], [], [4, 5], [], [], [], []], 40],
    [
      'an LSTM quantized as it runs',
      microsoft('DynamicQuantizeLSTM'),
      [
        [6, 2, 3],
        [1, 3, 16],
        [1, 4, 16],
      ],
      6 * 2 * (48 + 64),
    ],
    [
      'an equation of two operands',
      equation('bij, bjk -> bik'),
      [
        [2, 3, 4],
        [2, 4, 5],
      ],
      120,
    ],
    [
      'an equation with an ellipsis',
      equation('...ij,...jk'),
      [
        [2, 3, 4],
        [4, 5],
      ],
      120,
    ],
    ['an equation of one operand', equation('ii->i'), [[3, 3]], 0],
    [
      'attention, four axes',
      { operator: 'Attention' },
      [
        [1, 2, 3, 4],
        [1, 2, 6, 4],
        [1, 2, 6, 5],
      ],
      2 * 3 * 6 * (4 + 5),
    ],
    [
      'attention, three axes and groups',
      { operator: 'Attention', attributes: { q_num_heads: { int: 4 }, kv_num_heads: { int: 2 } } },
      [
        [1, 3, 32],
        [1, 6, 16],
        [1, 6, 16],
      ],
      3 * 6 * (32 + 32),
    ],
    [
      'attention with a cache',
      { operator: 'Attention', inputs: ['a', 'b', 'c', '', 'd', 'e'] },
      [
        [1, 2, 1, 4],
        [1, 2, 1, 4],
        [1, 2, 1, 4],
        [1, 2, 9, 4],
        [1, 2, 9, 4],
      ],
      2 * 10 * 8,
    ],
    [
      'attention with its projection',
      microsoft('Attention', { num_heads: { int: 2 } }),
      [
        [1, 5, 8],
        [8, 24],
      ],
      5 * 8 * 24 + 5 * 5 * 16,
    ],
    [
      'attention of many heads',
      microsoft('MultiHeadAttention', { num_heads: { int: 2 } }),
      [
        [1, 5, 8],
        [1, 7, 8],
        [1, 7, 8],
      ],
      5 * 7 * 16,
    ],
    [
      'attention of groups',
      microsoft('GroupQueryAttention', heads),
      [
        [1, 1, 32],
        [1, 1, 16],
        [1, 1, 16],
        [1, 2, 9, 8],
        [1, 2, 9, 8],
      ],
      10 * 64,
    ],
    [
      'attention of groups in one input',
      { ...microsoft('GroupQueryAttention', heads), inputs: ['a', '', '', 'b', 'b'] },
      [
        [1, 1, 64],
        [1, 2, 9, 8],
      ],
      10 * 64,
    ],
  ])('of %s', (_, node, inputs, Macs) => {
    expect(reportOf(node, inputs).Compute).toEqual({ Macs, Coverage: 1, Assumed: [] })
  })

  it('of a linear model are its coefficients for each row', () => {
    const attributes = { coefficients: { floats: new Array<number>(80).fill(0.1) }, targets: { int: 2 } }
    const node: NodeSpec = { operator: 'LinearRegressor', domain: 'ai.onnx.ml', attributes }
    expect(reportOf(node, [['N', 40]]).Compute).toEqual({ Macs: 80, Coverage: 1, Assumed: ['N'] })
  })

  it.each([
    ['of a domain that nobody published', { operator: 'Conv', domain: 'my.company' }],
    ['of ONNX Runtime without a rule', microsoft('QMoE')],
    ['that ONNX does not have', { operator: 'Convolve' }],
    ['that runs what a provider compiled', microsoft('EPContext')],
    ['of three operands, whose order is open', equation('ij,jk,kl->il')],
    ['of an equation that says nothing', equation('')],
  ])('are unknown for an operator %s', (_, node) => {
    const square = [3, 3]
    expect(reportOf(node, [square, square, square], square).Compute).toEqual({ Macs: null, Coverage: 0, Assumed: [] })
  })

  it('do not take a function of the model for an operator of the same name', () => {
    const functions = [
      {
        name: 'Relu',
        domain: '',
        inputs: ['a'],
        outputs: ['b'],
        nodes: [{ operator: 'Shape', inputs: ['a'], outputs: ['b'] }],
      },
      {
        name: 'f',
        domain: 'my.company',
        inputs: ['a'],
        outputs: ['b'],
        nodes: [{ operator: 'Neg', inputs: ['a'], outputs: ['b'] }],
      },
    ]
    expect(reportOf({ operator: 'Relu' }, [[3, 4]], [2], { functions }).Warnings).toEqual([])
    expect(reportOf({ operator: 'f', domain: 'my.company' }, [[3, 4]], [3, 4], { functions }).Compute.Macs).toBe(0)
  })
})

describe('a stated shape', () => {
  it('that contradicts the computed one is a warning, and not believed', () => {
    const { Compute, Warnings } = reportOf(
      { operator: 'Conv' },
      [
        [1, 3, 32, 32],
        [1, 3, 5, 5],
      ],
      [1, 2, 28, 28],
    )
    expect(Compute).toEqual({ Macs: 28 * 28 * 75, Coverage: 1, Assumed: [] })
    expect(Warnings.map(({ Code, Message }) => `${Code}: ${Message}`)).toEqual([
      'shape-conflict: “y” is declared as [1, 2, 28, 28], but its node makes [1, 1, 28, 28].',
    ])
  })

  it.each<[string, NodeSpec, number[][], number[]]>([
    [
      'of another rank',
      { operator: 'MatMul' },
      [
        [2, 3],
        [3, 4],
      ],
      [2, 3, 4],
    ],
    ['of an element-wise operator', { operator: 'Relu' }, [[2, 3]], [3, 2]],
    [
      'of a pooling',
      { operator: 'MaxPool', attributes: { kernel_shape: { ints: [2, 2] } } },
      [[1, 1, 4, 4]],
      [1, 1, 4, 4],
    ],
  ])('%s is found', (_, node, inputs, output) => {
    expect(reportOf(node, inputs, output).Warnings.map(({ Code }) => Code)).toEqual(['shape-conflict'])
  })

  it.each<[string, NodeSpec, number[][], number[]]>([
    ['of a foreign operator', { operator: 'Relu', domain: 'my.company' }, [[2, 3]], [3, 2]],
    [
      'stretched along an axis, as before operator set 7',
      { operator: 'Add', attributes: { broadcast: { int: 1 }, axis: { int: 0 } } },
      [[2, 3], [2]],
      [2, 3],
    ],
    [
      'of a convolution with its channels last',
      microsoft('QLinearConv', { channels_last: { int: 1 } }),
      [[1, 8, 8, 3], [], [], [4, 3, 3, 3]],
      [1, 6, 6, 4],
    ],
    [
      'of a last window in the padding',
      {
        operator: 'MaxPool',
        attributes: {
          kernel_shape: { ints: [1] },
          strides: { ints: [2] },
          pads: { ints: [0, 2] },
          ceil_mode: { int: 1 },
        },
      },
      [[1, 1, 3]],
      [1, 1, 2],
    ],
  ])('%s is left alone', (_, node, inputs, output) => {
    expect(reportOf(node, inputs, output).Warnings).toEqual([])
  })
})
