import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ElementType } from '../../src-contract/contract/models/element-type.ts'
import type { ModelSpec } from '../onnx/testing/model-builder.ts'
import type { RunInputs } from './run-file.ts'
import { readNpz, writeNpz } from './tensor/npz.ts'
import { tensorFromJson } from './tensor/tensor-from-json.ts'
import { writeNpy } from './tensor/write-npy.ts'
import { contentOf, type ModelRunner, openModelRunner } from './testing/model-runner.ts'
import { graphOf, identityOf, sileroPath, sumModel } from './testing/models.ts'

let runner: ModelRunner

beforeAll(async () => {
  runner = await openModelRunner()
})
afterAll(() => runner.close())

/** A decoder in small: the keys of the past and of these tokens, and the mask of both, put side by side. */
const decoder = (mask: string) =>
  graphOf(
    [
      { operator: 'Cast', inputs: ['input_ids'], outputs: ['new'], attributes: { to: { int: 1 } } },
      { operator: 'Concat', inputs: ['past.key', 'new'], outputs: ['present.key'], attributes: { axis: { int: 1 } } },
      { operator: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { int: 1 } } },
      { operator: 'Concat', inputs: ['present.key', 'mask'], outputs: ['both'], attributes: { axis: { int: 0 } } },
    ],
    {
      input_ids: ['int64', [1, 'sequence_length']],
      attention_mask: ['int64', [1, mask]],
      'past.key': ['float', [1, 'past_sequence_length']],
    },
    { both: ['float', [2, null]], mask: ['float', [1, null]] },
  )

describe('sizes', () => {
  it.each(['past_sequence_length + sequence_length', 'total_sequence_length', 'past_sequence_length + 1'])(
    'that are expressions of others follow from them: %s',
    async (mask) => {
      const file = await runner.save(decoder(mask))
      expect((await runner.run(file, {})).Outputs.mask).toMatchObject({ Shape: [1, 2], Data: [[1, 1]] })
      const given = { Inputs: { input_ids: { Data: [[3]] } }, Dimensions: { past_sequence_length: 4 } }
      expect((await runner.run(file, given)).Outputs.both?.Shape).toEqual([2, 5])
      const [difference] = await runner.runtime.compareOutputs(file, file)
      expect(difference?.Message).toBe('The values are the same.')
    },
  )
})

describe('inputs', () => {
  it.each<[ElementType, unknown]>([
    ['float', [0.5, 'NaN', '-Infinity']],
    ['double', [0.1]],
    ['float16', [1.5, -0.25]],
    ['int8', [-128]],
    ['uint8', [255]],
    ['int16', [-32768]],
    ['uint16', [65535]],
    ['int32', [-2147483648]],
    ['uint32', [4294967295]],
    ['int64', ['9007199254740993', -1]],
    ['uint64', ['18446744073709551615']],
    ['bool', [true, false]],
    ['string', ['', 'ü😀', 'text']],
  ])('of type %s come back as they went in, by JSON and by .npz', async (type, data) => {
    const file = await runner.save(identityOf(type))
    const result = await runner.run(file, { Inputs: { x: { Data: data } } })
    expect(result.Outputs).toEqual({ y: { ElementType: type, Shape: [(data as unknown[]).length], Data: data } })
    const bytes = writeNpz(new Map([['x', tensorFromJson(data, type, undefined, '')]]))
    const path = join(runner.folder, 'inputs.npz')
    await writeFile(path, bytes)
    const body = await contentOf(await runner.runtime.answer(file, { File: { format: 'npz', path } }, 'npz'))
    expect((await readNpz(body)).get('y')?.data).toEqual((await readNpz(bytes)).get('x')?.data)
  })

  it('of a type that cannot be passed are refused, and outputs of one skipped', async () => {
    const file = await runner.save(
      graphOf(
        [
          {
            operator: 'QuantizeLinear',
            inputs: ['x', 'scale'],
            outputs: ['narrow'],
            attributes: { output_dtype: { int: 21 } },
          },
          { operator: 'DequantizeLinear', inputs: ['narrow', 'scale'], outputs: ['wide'] },
        ],
        { x: ['float', [3]], scale: ['float', []] },
        { narrow: ['uint4', [3]], wide: ['float', [3]] },
      ),
    )
    const Inputs = { x: { Data: [1, 2, 3] }, scale: { Data: 1 } }
    const result = await runner.run(file, { Inputs })
    expect(result.Skipped).toMatchObject([{ Name: 'narrow', Message: expect.stringContaining('uint4') }])
    expect(result.Outputs.wide?.Data).toEqual([1, 2, 3])
    await expect(runner.run(file, { Inputs, Outputs: ['narrow'] })).rejects.toMatchObject({ field: 'Outputs' })
    const taking = graphOf(
      [{ operator: 'DequantizeLinear', inputs: ['x', 'scale'], outputs: ['y'] }],
      { x: ['int4', [2]], scale: ['float', []] },
      { y: ['float', [2]] },
    )
    await expect(runner.run(await runner.save(taking), {})).rejects.toMatchObject({
      field: 'Inputs.x',
      message: expect.stringContaining('int4'),
    })
  })

  it('that are left out are random with seed 0, symbolic dimensions 1 or what other inputs say', async () => {
    const file = await runner.save(sumModel)
    expect((await runner.run(file, {})).Outputs.sum?.Shape).toEqual([1, 2])
    expect((await runner.run(file, { Dimensions: { N: 3 } })).Outputs.sum?.Shape).toEqual([3, 2])
    const given = await runner.run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] } } })
    expect(given.Outputs.sum?.Shape).toEqual([4, 2])
    const seeded = await runner.run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] }, b: { Random: 0 } } })
    expect(seeded.Outputs).toEqual(given.Outputs)
    expect(
      (await runner.run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] }, b: { Random: 1 } } })).Outputs,
    ).not.toEqual(given.Outputs)
  })

  it('may be flat or base64 where the model tells the shape', async () => {
    const file = await runner.save(identityOf('float', [2, 2]))
    const raw = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer).toString('base64')
    const wanted = {
      y: {
        ElementType: 'float',
        Shape: [2, 2],
        Data: [
          [1, 2],
          [3, 4],
        ],
      },
    }
    for (const Data of [
      [1, 2, 3, 4],
      raw,
      [
        [1, 2],
        [3, 4],
      ],
    ]) {
      expect((await runner.run(file, { Inputs: { x: { Data } } })).Outputs).toEqual(wanted)
    }
  })

  it('may be one .npy where the model has one input, in a type that numpy prefers', async () => {
    const zip = writeNpz(new Map([['x', tensorFromJson([1, 2], 'double', undefined, '')]]))
    const bytes = writeNpy(tensorFromJson([1, 2], 'double', undefined, ''))
    for (const File of [
      { format: 'npy', bytes },
      { format: 'npz', bytes: zip },
    ] as const) {
      const { Outputs } = await runner.run(await runner.save(identityOf('float')), { File })
      expect(Outputs.y).toEqual({ ElementType: 'float', Shape: [2], Data: [1, 2] })
    }
  })

  it('may have any name', async () => {
    const name = '/модель/__proto__:0'
    const file = await runner.save(
      graphOf(
        [{ operator: 'Identity', inputs: [name], outputs: ['/y'] }],
        { [name]: ['float', [1]] },
        { '/y': ['float', [1]] },
      ),
    )
    expect((await runner.run(file, { Inputs: { [name]: { Data: [7] } } })).Outputs).toEqual({
      '/y': { ElementType: 'float', Shape: [1], Data: [7] },
    })
  })
})

describe('answers', () => {
  it('have the outputs asked for, the times and the memory', async () => {
    const result = await runner.run(await runner.save(sumModel), { Outputs: ['size'], Dimensions: { N: 5 } })
    expect(result).toMatchObject({
      Outputs: { size: { ElementType: 'int64', Shape: [], Data: 10 } },
      Provider: 'CPUExecutionProvider',
      Skipped: [],
    })
    expect(result.Times.Load).toBeGreaterThan(0)
    expect(result.Times.Run).toBeGreaterThan(0)
    expect(result.PeakMemory).toBeGreaterThan(20 * 1024 * 1024)
  })

  it('tell of outputs that cannot be given', async () => {
    const spec: ModelSpec = {
      opsets: { '': 21 },
      graph: {
        nodes: [
          { operator: 'SequenceConstruct', inputs: ['x'], outputs: ['list'] },
          { operator: 'Identity', inputs: ['x'], outputs: ['y'] },
        ],
        inputs: [{ name: 'x', type: { tensor: 'float', shape: [1] } }],
        outputs: [
          { name: 'list', type: { sequence: { tensor: 'float' } } },
          { name: 'y', type: { tensor: 'float', shape: [1] } },
        ],
      },
    }
    const result = await runner.run(await runner.save(spec), {})
    expect(Object.keys(result.Outputs)).toEqual(['y'])
    expect(result.Skipped).toMatchObject([{ Name: 'list' }])
    await expect(runner.run(await runner.save(spec), { Outputs: ['list'] })).rejects.toMatchObject({ field: 'Outputs' })
  })

  it('of a real model are the same each time', async () => {
    const inputs: RunInputs = {
      Inputs: {
        input: { Random: 7, Shape: [1, 512] },
        sr: { Data: 16_000 },
        state: { Zeros: true, Shape: [2, 1, 128] },
      },
    }
    const first = await runner.runtime.run({ path: sileroPath }, inputs)
    const second = await runner.runtime.run({ path: sileroPath }, inputs)
    expect(first.outputs.get('output')?.shape).toEqual([1, 1])
    expect(second.outputs).toEqual(first.outputs)
  })
})
