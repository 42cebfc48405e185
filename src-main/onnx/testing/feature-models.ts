import { elementTypes, isElementType } from '../../../src-contract/contract/models/element-type.ts'
import type { ModelSpec, NodeSpec, TensorSpec, ValueSpec } from './model-builder.ts'

/** `x` plus `x`: the smallest model that ONNX Runtime runs. */
export const addModel: ModelSpec = {
  producer: { name: 'tests', version: '1' },
  graph: {
    name: 'add',
    nodes: [{ operator: 'Add', inputs: ['x', 'x'], outputs: ['y'], name: 'sum' }],
    inputs: [{ name: 'x', type: { tensor: 'float', shape: ['N', 3] } }],
    outputs: [{ name: 'y', type: { tensor: 'float', shape: ['N', 3] } }],
  },
}

/** An image classifier by its names: one convolution, a pooling and a matrix product, with its weights in place. */
export const convolutionModel: ModelSpec = {
  producer: { name: 'tests', version: '1' },
  documentation: 'Tells cats from dogs.',
  graph: {
    name: 'classifier',
    nodes: [
      {
        operator: 'Conv',
        inputs: ['image', 'filter', 'bias'],
        outputs: ['features'],
        attributes: { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] }, strides: { ints: [2, 2] } },
      },
      { operator: 'Relu', inputs: ['features'], outputs: ['positive'] },
      { operator: 'GlobalAveragePool', inputs: ['positive'], outputs: ['pooled'] },
      { operator: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      {
        operator: 'Gemm',
        inputs: ['flat', 'weights'],
        outputs: ['scores-0:Cat;1:Dog'],
        attributes: { transB: { int: 1 } },
      },
    ],
    initializers: [floats('filter', [4, 3, 3, 3]), floats('bias', [4]), floats('weights', [2, 4])],
    inputs: [{ name: 'image', type: { tensor: 'float', shape: ['N', 3, 16, 16] } }],
    outputs: [{ name: 'scores-0:Cat;1:Dog', type: { tensor: 'float', shape: ['N', 2] } }],
  },
}

/** A tensor of small, different floats, stored raw. */
export function floats(name: string, shape: number[], seed = 1): TensorSpec {
  const count = shape.reduce((product, size) => product * size, 1)
  const values = Float32Array.from({ length: count }, (_, index) => (((index + seed) * 7919) % 101) / 101 - 0.5)
  return { name, type: 'float', shape, raw: new Uint8Array(values.buffer) }
}

const allTypes = Object.keys(elementTypes)
  .filter(isElementType)
  .filter((name) => name !== 'undefined' && name !== 'unknown')

const everyKindOfInput: ValueSpec[] = [
  ...allTypes.map((name): ValueSpec => ({ name: `in_${name}`, type: { tensor: name, shape: [1, 'N', null] } })),
  { name: 'scalar', type: { tensor: 'float', shape: [] }, documentation: 'one number', metadata: { unit: 'ms' } },
  {
    name: 'picture',
    type: { tensor: 'float', shape: ['N', 3, 16, 16], axes: ['DATA_BATCH', 'DATA_CHANNEL'] },
    denotation: 'IMAGE',
    metadata: { source: 'camera' },
  },
  { name: 'any_rank', type: { tensor: 'int64' } },
  { name: 'huge', type: { tensor: 'float', shape: [9_007_199_254_740_993n, -1] } },
  { name: 'sparse', type: { sparse: 'double', shape: [10, 'M'] } },
  { name: 'list', type: { sequence: { tensor: 'float', shape: ['T', 4] } } },
  { name: 'maybe', type: { optional: { sequence: { tensor: 'string' } } } },
  { name: 'table', type: { sequence: { map: { tensor: 'float' }, key: 'int64' } } },
  { name: 'thing', type: { opaque: 'Thing', domain: 'my.domain' } },
  { name: 'odd', type: { tensor: 99, shape: [1] } },
]

const everyKindOfAttribute: NodeSpec = {
  operator: 'Everything',
  domain: 'my.domain',
  overload: 'second',
  name: 'ü – node',
  inputs: ['scalar', '', 'w'],
  outputs: ['everything'],
  documentation: 'all attribute types',
  metadata: { layer: '1' },
  devices: [
    {
      configuration: 'two',
      stage: 1,
      tensor: 'w',
      devices: [0, 5],
      groups: { 5: [1, 2] },
      axes: [
        { axis: 0, size: 2, shards: 2 },
        { axis: -1, size: 'N', shards: 1 },
      ],
    },
  ],
  attributes: {
    f: { float: 0.5, documentation: 'a half' },
    i: { int: -1 },
    big: { int: -9_223_372_036_854_775_808n },
    s: { string: 'text' },
    s_bytes: { string: new Uint8Array([255, 254, 0]) },
    t: {
      tensor: {
        type: 'int32',
        shape: [2],
        int32s: [-1, 70_000],
        name: 'inner',
        documentation: 'd',
        metadata: { a: 'b' },
      },
    },
    g: {
      graph: {
        name: 'body',
        nodes: [
          { operator: 'If', inputs: ['c'], outputs: ['o'], attributes: { then_branch: { graph: { name: 'deep' } } } },
        ],
        initializers: [{ name: 'inside', type: 'double', shape: [2], doubles: [1, 2] }],
      },
    },
    sp: { sparse: sparseTensor('attribute_sparse') },
    tp: { typeProto: { tensor: 'uint8', shape: [3] } },
    fs: { floats: [1, 2.5, -3] },
    is: { ints: [1, -2, 3_000_000_000] },
    ss: { strings: ['a', '', 'ß'] },
    ts: { tensors: [{ type: 'string', shape: [2], strings: ['one', 'two'] }] },
    'gs.of/all:kinds': {
      graphs: [{ name: 'first' }, { name: 'second', nodes: [{ operator: 'Relu', inputs: ['a'], outputs: ['b'] }] }],
    },
    tps: { typeProtos: [{ tensor: 'float' }, { optional: { tensor: 'bool' } }] },
    sps: { sparses: [sparseTensor('first_sparse'), sparseTensor('second_sparse')] },
    no_ints: { ints: [] },
    ref: { reference: 'outer', type: 1 },
    long: { ints: Array.from({ length: 300 }, (_, index) => index) },
    long_floats: { floats: Array.from({ length: 300 }, (_, index) => index / 2) },
    long_strings: { strings: ['a', 'b'.repeat(5000)] },
    long_text: { string: 'c'.repeat(5000) },
  },
}

function sparseTensor(name: string) {
  const values: TensorSpec = { name, type: 'float', shape: [2], floats: [1, 2] }
  return { values, indices: { type: 'int64', shape: [2], int64s: [3, 5] } satisfies TensorSpec, shape: [10] }
}

/** Something of everything that ONNX IR can hold. */
export const everythingModel: ModelSpec = {
  irVersion: 13,
  opsets: { '': 25, 'ai.onnx.ml': 5, 'my.domain': 3 },
  producer: { name: 'tests', version: '2.0' },
  domain: 'org.example',
  modelVersion: 9_007_199_254_740_993n,
  documentation: 'Something of everything.',
  metadata: { author: 'Ada', näme: 'wért' },
  graph: {
    name: 'main graph',
    documentation: 'the main graph',
    nodes: [
      everyKindOfAttribute,
      { operator: 'Doubled', domain: 'my.functions', inputs: ['scalar'], outputs: ['twice'] },
    ],
    initializers: [
      { ...floats('w', [2, 3]), documentation: 'weights', metadata: { trained: 'yes' } },
      { name: 'default', type: 'int64', shape: [2], int64s: [-5, 9_007_199_254_740_993n] },
      { name: 'half', type: 'int4', shape: [3], raw: Uint8Array.from([0x21, 0x03]) },
      { name: 'piece', type: 'float', shape: [4], floats: [1, 2], segment: [1, 3] },
      { name: 'words', type: 'string', shape: [3], strings: ['a', 'bc', ''] },
      { name: 'unsigned', type: 'uint64', shape: [1], uint64s: [18_446_744_073_709_551_615n] },
      {
        name: 'outside',
        type: 'float',
        shape: [1000],
        external: { location: 'weights.bin', offset: '4096', length: '4000' },
      },
    ],
    sparseInitializers: [sparseTensor('thin')],
    inputs: [...everyKindOfInput, { name: 'default', type: { tensor: 'int64', shape: [2] } }],
    outputs: [
      { name: 'everything', type: { tensor: 'float', shape: ['N'] } },
      { name: 'twice', type: { tensor: 'float', shape: [] } },
    ],
    values: [{ name: 'inner', type: { tensor: 'float', shape: [7] } }],
    quantization: [{ tensor: 'w', parameters: { SCALE_TENSOR: 's', ZERO_POINT_TENSOR: 'z' } }],
    metadata: { stage: 'test' },
  },
  training: [
    {
      initialization: { name: 'start', nodes: [{ operator: 'RandomNormal', outputs: ['w0'] }] },
      algorithm: { name: 'step', nodes: [{ operator: 'Adam', domain: 'ai.onnx.preview.training', outputs: ['w1'] }] },
      initials: { w: 'w0' },
      updates: { w: 'w1' },
    },
  ],
  functions: [
    {
      name: 'Doubled',
      domain: 'my.functions',
      overload: 'of floats',
      inputs: ['a'],
      outputs: ['b'],
      attributes: ['factor'],
      defaults: { scale: { float: 2 } },
      nodes: [
        { operator: 'Constant', outputs: ['k'], attributes: { value: { tensor: floats('', [5]) } } },
        { operator: 'Add', inputs: ['a', 'a'], outputs: ['b'] },
      ],
      values: [{ name: 'k', type: { tensor: 'float', shape: [5] } }],
      documentation: 'twice a',
      metadata: { origin: 'here' },
    },
  ],
  devices: ['two'],
}
