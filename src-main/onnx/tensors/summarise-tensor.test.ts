import { InferenceSession } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { type ElementType, elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { type ExternalFiles, noExternalFiles } from '../decode/external-data.ts'
import { readModel } from '../decode/read-model.ts'
import { buildModel, type ModelSpec, type TensorSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { elementReader } from './read-elements.ts'
import { summariseTensor } from './summarise-tensor.ts'

// Protects whoever judges weights by these figures: they were computed by numpy 2.4 from the same bytes, and the small floats are
// held against what ONNX Runtime makes of every pattern of bits.

const rawOf = (array: ArrayBufferView) => new Uint8Array(array.buffer)
async function summaryIn(spec: ModelSpec, name: string, files: ExternalFiles = noExternalFiles, scope = 'main') {
  const source = memorySource(buildModel(spec))
  return summariseTensor(source, readModel(source, 'The model'), files, { scope, name })
}
async function summaryOf(tensor: Partial<TensorSpec>, files?: ExternalFiles): Promise<TensorSummary> {
  const summary = await summaryIn(
    { graph: { initializers: [{ name: 't', type: 'float', shape: [2], ...tensor }] } },
    't',
    files,
  )
  if (summary === null) throw new Error('The tensor was not found.')
  return summary
}

/** 3·sin(1), 3·sin(2) … with two zeros, a NaN and both infinities. */
function waves(): Float32Array {
  const values = Float32Array.from({ length: 1_000 }, (_, index) => Math.sin(index + 1) * 3)
  values.set([0], 10)
  values.set([0], 20)
  values.set([Number.NaN], 30)
  values.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 40)
  return values
}

describe('the summary of a tensor', () => {
  it('agrees with numpy on float32, and keeps what is not finite apart', async () => {
    const summary = await summaryOf({ shape: [10, 100], raw: rawOf(waves()) })
    expect(summary).toMatchObject({ Count: 1_000, Zeros: 2, NaNs: 1, Infinities: { Positive: 1, Negative: 1 } })
    expect(summary.Min).toBeCloseTo(-2.9999709129333496, 12)
    expect(summary.Max).toBeCloseTo(2.999971389770508, 12)
    expect(summary.Mean).toBeCloseTo(0.007391632499774685, 12)
    expect(summary.StandardDeviation).toBeCloseTo(2.1191023827586104, 12)
    expect(summary.Histogram?.Counts).toEqual([
      92, 37, 29, 25, 23, 23, 19, 18, 16, 18, 16, 14, 18, 13, 12, 16, 13, 13, 16, 14, 9, 14, 16, 14, 12, 14, 15, 10, 15,
      14, 13, 15, 14, 14, 14, 18, 13, 17, 18, 15, 17, 21, 21, 24, 24, 31, 38, 92,
    ])
    expect(summary.Values).toHaveLength(64)
    expect(summary.Values.slice(30, 32)).toEqual(['NaN', waves()[31]])
  })

  it('reads a tensor of many pieces as one', async () => {
    const values = Float64Array.from({ length: 400_001 }, (_, index) => index - 200_000)
    const summary = await summaryOf({ type: 'double', shape: [400_001], raw: rawOf(values) })
    expect(summary).toMatchObject({ Count: 400_001, Zeros: 1, Min: -200_000, Max: 200_000 })
    expect(summary.Mean).toBeCloseTo(0, 6)
    // The deviation of whole numbers from −n to n is √(n(n+1)/3).
    expect(summary.StandardDeviation).toBeCloseTo(Math.sqrt((200_000 * 200_001) / 3), 6)
  })

  it('tells 64-bit integers exactly, and gives few whole numbers a step each', async () => {
    const wide = BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, 5n)
    expect(await summaryOf({ type: 'int64', shape: [4], raw: rawOf(wide) })).toMatchObject({
      Min: '-9223372036854775808',
      Max: '9223372036854775807',
      Values: ['-9223372036854775808', '9223372036854775807', 0, 5],
    })
    expect((await summaryOf({ type: 'uint8', shape: [5], int32s: [3, 5, 5, 3, 3] })).Histogram).toEqual({
      From: 2.5,
      To: 5.5,
      Counts: [3, 0, 2],
    })
    expect(await summaryOf({ type: 'bool', shape: [3], int32s: [1, 0, 1] })).toMatchObject({
      Min: 0,
      Max: 1,
      Values: [true, false, true],
    })
  })

  it('reads elements of less than a byte, whether or not they fill the last one', async () => {
    expect((await summaryOf({ type: 'int4', shape: [3], raw: Uint8Array.of(0x81, 0x07) })).Values).toEqual([1, -8, 7])
    expect((await summaryOf({ type: 'uint4', shape: [4], int32s: [0x21, 0xf3] })).Values).toEqual([1, 2, 3, 15])
    expect((await summaryOf({ type: 'int2', shape: [5], raw: Uint8Array.of(0b11_10_01_00, 1) })).Values).toEqual([
      0, 1, -2, -1, 1,
    ])
  })

  it('tells complex numbers by their magnitudes', async () => {
    const summary = await summaryOf({ type: 'complex64', shape: [2], floats: [3, -4, 0, 0] })
    expect(summary).toMatchObject({ Count: 2, Min: 0, Max: 5, Mean: 2.5, Zeros: 1, Values: ['3-4i', '0+0i'] })
  })

  it('counts different texts, and cuts long ones', async () => {
    const summary = await summaryOf({ type: 'string', shape: [4], strings: ['cat', 'dog', 'cat', 'x'.repeat(5_000)] })
    expect(summary).toMatchObject({ Count: 4, Distinct: { Count: 3, Exact: true }, Min: null, Histogram: null })
    expect(summary.Values.map(String).map(({ length }) => length)).toEqual([3, 3, 3, 257])
  })

  it('has no figures where there is nothing to count', async () => {
    expect(await summaryOf({ shape: [0] })).toMatchObject({
      Count: 0,
      Zeros: 0,
      Min: null,
      Histogram: null,
      Values: [],
    })
    const nothing = Float32Array.of(Number.NaN, Number.NaN)
    expect(await summaryOf({ raw: rawOf(nothing) })).toMatchObject({ NaNs: 2, Mean: null, StandardDeviation: null })
  })

  it('is of finite figures even at the ends of what a float64 can be', async () => {
    const largest = Number.MAX_VALUE
    const summary = await summaryOf({ type: 'double', doubles: [-largest, largest] })
    expect(summary).toMatchObject({ Min: -largest, Max: largest, Mean: 0 })
    expect(summary.Histogram?.Counts.reduce((sum, count) => sum + count, 0)).toBe(2)
  })

  it('finds external data, lists in attributes, sparse tensors and sub-graphs', async () => {
    const bytes = Buffer.alloc(100)
    bytes.set(rawOf(Float32Array.of(1, 2)), 50)
    const files: ExternalFiles = {
      find: () => ({ State: 'present', Message: '' }),
      open: async () => memorySource(bytes),
    }
    const external = { location: 'w.bin', offset: '50', length: '8' }
    expect((await summaryOf({ external }, files)).Values).toEqual([1, 2])

    const floats = Array.from({ length: 300 }, (_, index) => index)
    const tree = { operator: 'TreeEnsembleRegressor', outputs: ['y'], attributes: { nodes_values: { floats } } }
    const inner = { initializers: [{ name: 'w', type: 'float' as const, shape: [1], floats: [7] }] }
    const branch = { operator: 'If', outputs: ['z'], attributes: { then_branch: { graph: inner } } }
    const values: TensorSpec = { name: 's', type: 'float', shape: [2], floats: [4, 6] }
    const spec: ModelSpec = {
      graph: {
        nodes: [tree, branch],
        sparseInitializers: [{ values, indices: { type: 'int64', shape: [2], int64s: [1, 5] }, shape: [10] }],
      },
    }
    expect(await summaryIn(spec, 'y.nodes_values')).toMatchObject({ Count: 300, Mean: 149.5 })
    expect(await summaryIn(spec, 'w', noExternalFiles, 'main/1.then_branch')).toMatchObject({ Mean: 7 })
    expect(await summaryIn(spec, 's')).toMatchObject({ Count: 2, Mean: 5 })
    expect(await summaryIn(spec, 'w')).toBeNull()
  })

  it('says that values are missing or too few for the declared size instead of making some up (CVE-2026-7482)', async () => {
    await expect(summaryOf({ external: { location: 'w.bin' } })).rejects.toThrow(/w\.bin, which is not there/)
    await expect(summaryOf({ shape: [1_000_000_000_000], raw: rawOf(Float32Array.of(1)) })).rejects.toThrow(
      't holds 1 values where its shape asks for 1000000000000.',
    )
    await expect(summaryOf({ type: 'string', shape: [3], strings: ['a'] })).rejects.toThrow(/holds 1 values/)
    await expect(summaryOf({ type: 99, raw: Uint8Array.of(1) })).rejects.toThrow(/does not know/)
  })
})

describe('small elements', () => {
  const types: ElementType[] = [
    'float16',
    'bfloat16',
    'float8e4m3fn',
    'float8e4m3fnuz',
    'float8e5m2',
    'float8e5m2fnuz',
    'uint4',
    'int4',
  ]
  it.each(types)('of type %s are what ONNX Runtime takes them for', async (type) => {
    const bits = elementTypeInfo(type).bits ?? 8
    const raw =
      bits === 16
        ? rawOf(Uint16Array.from({ length: 65_536 }, (_, index) => index))
        : Uint8Array.from({ length: 256 }, (_, index) => index)
    const count = (raw.length * 8) / bits
    const model = buildModel({
      irVersion: 10,
      opsets: { '': 21 },
      graph: {
        name: 'cast',
        nodes: [{ operator: 'Cast', inputs: ['t'], outputs: ['y'], attributes: { to: { int: 1 } } }],
        initializers: [{ name: 't', type, shape: [count], raw }],
        outputs: [{ name: 'y', type: { tensor: 'float', shape: [count] } }],
      },
    })
    const session = await InferenceSession.create(model, { graphOptimizationLevel: 'disabled' })
    const { y } = await session.run({})
    const reader = elementReader(type)
    const view = new DataView(raw.buffer)
    const ours = Float32Array.from({ length: count }, (_, index) => reader?.number(view, index) ?? 0)
    expect(ours).toEqual(y?.data)
  })

  it('of the types that ONNX Runtime does not run are powers of two, and floats of six and four bits', () => {
    const view = new DataView(Uint8Array.of(0, 127, 128, 255).buffer)
    const scale = elementReader('float8e8m0')
    expect([0, 1, 2, 3].map((index) => scale?.number(view, index))).toEqual([2 ** -127, 1, 2, Number.NaN])
    const nibbles = new DataView(Uint8Array.of(0x10, 0x32, 0x54, 0x76, 0xf8).buffer)
    const four = elementReader('float4e2m1')
    expect(Array.from({ length: 10 }, (_, index) => four?.number(nibbles, index))).toEqual([
      0, 0.5, 1, 1.5, 2, 3, 4, 6, -0, -6,
    ])
    // Four of six bits in three bytes: 0x00, 0x01, 0x1f, 0x3f.
    const sixes = new DataView(Uint8Array.of(0x40, 0xf0, 0xfd).buffer)
    const read = (type: 'float6e2m3' | 'float6e3m2') =>
      [0, 1, 2, 3].map((index) => elementReader(type)?.number(sixes, index))
    expect(read('float6e2m3')).toEqual([0, 0.125, 7.5, -7.5])
    expect(read('float6e3m2')).toEqual([0, 0.0625, 28, -28])
  })
})
