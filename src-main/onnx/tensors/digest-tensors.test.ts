import { describe, expect, it } from 'vitest'
import { type ExternalFiles, noExternalFiles } from '../decode/external-data.ts'
import { inspect } from '../report/inspect.ts'
import { everythingModel } from '../testing/feature-models.ts'
import { buildModel, type TensorSpec } from '../testing/model-builder.ts'
import { memorySource } from '../wire/byte-source.ts'
import { digestTensors, type TensorDigest, withTensorDigests } from './digest-tensors.ts'

async function digestsOf(initializers: TensorSpec[], files: ExternalFiles = noExternalFiles): Promise<TensorDigest[]> {
  const source = memorySource(buildModel({ graph: { initializers } }))
  return Array.fromAsync(digestTensors(source, inspect(source).model, files))
}

async function digestOf(tensor: Partial<TensorSpec>): Promise<string | null | undefined> {
  const [digest] = await digestsOf([{ name: 't', type: 'float', shape: [2], ...tensor }])
  return digest?.sha256
}

const rawOf = (array: ArrayBufferView) => new Uint8Array(array.buffer)

describe('the digest of a tensor', () => {
  it.each([
    ['float', { floats: [1.5, -2] }, Float32Array.of(1.5, -2)],
    ['complex64', { shape: [1], floats: [1.5, -2] }, Float32Array.of(1.5, -2)],
    ['int32', { int32s: [-1, 70_000] }, Int32Array.of(-1, 70_000)],
    ['int16', { int32s: [-1, 300] }, Int16Array.of(-1, 300)],
    ['uint8', { int32s: [255, 3] }, Uint8Array.of(255, 3)],
    ['int8', { int32s: [-1, 3] }, Int8Array.of(-1, 3)],
    ['bool', { int32s: [1, 0] }, Uint8Array.of(1, 0)],
    ['float16', { int32s: [15_360, 49_152] }, Uint16Array.of(15_360, 49_152)],
    ['int4', { shape: [4], int32s: [0x21, 0xf3] }, Uint8Array.of(0x21, 0xf3)],
    ['float6e2m3', { shape: [5], int32s: [0, 1, 0x1f, 0x3f, 2] }, Uint8Array.of(0x40, 0xf0, 0xfd, 0x02)],
    ['int64', { int64s: [-1, 9_007_199_254_740_993n] }, BigInt64Array.of(-1n, 9_007_199_254_740_993n)],
    ['uint32', { uint64s: [1, 4_294_967_295] }, Uint32Array.of(1, 4_294_967_295)],
    ['uint64', { uint64s: [1, 18_446_744_073_709_551_615n] }, BigUint64Array.of(1n, 18_446_744_073_709_551_615n)],
    ['double', { doubles: [1.5, -2] }, Float64Array.of(1.5, -2)],
  ] as const)('is the same for %s stored typed and raw', async (type, typed, raw) => {
    const shape = 'shape' in typed ? [...typed.shape] : [2]
    const spec = Object.fromEntries(Object.entries(typed).map(([key, list]) => [key, [...list]]))
    const digest = await digestOf({ ...spec, type, shape })
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(digest).toBe(await digestOf({ type, shape, raw: rawOf(raw) }))
  })

  it('is another for other values, another shape and another type', async () => {
    const digests = await Promise.all([
      digestOf({ floats: [1, 2] }),
      digestOf({ floats: [2, 1] }),
      digestOf({ floats: [1, 2], shape: [2, 1] }),
      digestOf({ raw: rawOf(Float32Array.of(1, 2)), type: 'int32' }),
      digestOf({ type: 'string', strings: ['ab', 'c'] }),
      digestOf({ type: 'string', strings: ['a', 'bc'] }),
    ])
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('does not ask whether values lie in the model or outside', async () => {
    const outside = Buffer.alloc(100)
    outside.set(rawOf(Float32Array.of(1, 2)), 50)
    const files: ExternalFiles = {
      find: () => ({ State: 'present', Message: '' }),
      open: async () => memorySource(outside),
    }
    const external = { location: 'w.bin', offset: '50', length: '8' }
    const [digest] = await digestsOf([{ name: 't', type: 'float', shape: [2], external }], files)
    expect(digest?.sha256).toBe(await digestOf({ floats: [1, 2] }))
  })

  it('is open where the external file is not there or too short', async () => {
    const tensor: TensorSpec = { name: 't', type: 'float', shape: [2], external: { location: 'w.bin' } }
    const tooShort: ExternalFiles = { find: noExternalFiles.find, open: async () => memorySource(new Uint8Array(7)) }
    expect(await digestsOf([tensor])).toMatchObject([{ sha256: null }])
    expect(await digestsOf([tensor], tooShort)).toMatchObject([{ sha256: null }])
  })

  it('covers tensors that are longer than a piece, and values that fill one', async () => {
    const numbers = Array.from({ length: 300_000 }, (_, index) => index * 1000)
    const raw = rawOf(BigInt64Array.from(numbers, BigInt))
    const shape = [numbers.length]
    expect(await digestOf({ type: 'int64', shape, int64s: numbers })).toBe(
      await digestOf({ type: 'int64', shape, raw }),
    )
  })

  it('finds its way into the report', async () => {
    const source = memorySource(buildModel(everythingModel))
    const { report, model } = inspect(source)
    const digests = await Array.fromAsync(digestTensors(source, model, noExternalFiles))
    const open = withTensorDigests(report, digests).Initializers.filter(({ Sha256 }) => Sha256 === null)
    expect(open.map(({ Name }) => Name)).toEqual(['outside'])
  })

  it('stops when it is told to', async () => {
    const source = memorySource(
      buildModel({
        graph: { initializers: [{ name: 't', type: 'uint8', shape: [20_000_000], raw: new Uint8Array(20_000_000) }] },
      }),
    )
    const digests = digestTensors(source, inspect(source).model, noExternalFiles, AbortSignal.abort())
    await expect(Array.fromAsync(digests)).rejects.toThrow('aborted')
  })
})
