import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ElementType } from '../../src-contract/element-type.ts'
import { RunResult } from '../../src-contract/run.ts'
import { buildModel, type ModelSpec } from '../onnx/testing/model-builder.ts'
import { spawnNode } from '../processes/spawn-node.ts'
import { isRunning } from '../processes/testing/is-running.ts'
import { createRuntime, type Runtime } from './create-runtime.ts'
import type { RunInputs } from './run-file.ts'
import { readNpz, writeNpz } from './tensor/npz.ts'
import { tensorFromJson } from './tensor/tensor-from-json.ts'
import { graphOf, identityOf, sileroPath } from './testing/models.ts'

let runtime: Runtime
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'))
  runtime = createRuntime({ spawn: spawnNode, workFolder: join(folder, 'work') })
})
afterAll(async () => {
  const pids = runtime.pids()
  await runtime.close()
  expect(pids.filter(isRunning)).toEqual([])
  await rm(folder, { recursive: true })
})

let saved = 0
async function save(spec: ModelSpec): Promise<{ path: string }> {
  const path = join(folder, `model${saved++}`)
  await writeFile(path, buildModel(spec))
  return { path }
}

async function run(file: { path: string }, inputs: RunInputs): Promise<RunResult> {
  const { body } = await runtime.answer(file, inputs, 'json')
  return RunResult.parse(JSON.parse(Buffer.from(body).toString()))
}

/** a + b, where both have the shape [N, 2]; the product of b's axes on the side. */
const sum = graphOf(
  [
    { operator: 'Add', inputs: ['a', 'b'], outputs: ['sum'] },
    { operator: 'Size', inputs: ['b'], outputs: ['size'] },
  ],
  { a: ['float', ['N', 2]], b: ['float', ['N', 2]] },
  { sum: ['float', ['N', 2]], size: ['int64', []] },
)

describe('what is refused says which input is wrong and what the model wants', () => {
  it.each<[string, string, RunInputs]>([
    ['Inputs.c', 'has no input "c". It has "a", "b"', { Inputs: { c: { Zeros: true } } }],
    ['Inputs.a', 'the shape [3], but the model wants [N, 2]', { Inputs: { a: { Data: [1, 2, 3] } } }],
    ['Inputs.a', 'the shape [1, 3], but the model wants [N, 2]', { Inputs: { a: { Zeros: true, Shape: [1, 3] } } }],
    ['Inputs.b', 'given as int64, but the model wants float', { Inputs: { b: { ElementType: 'int64', Zeros: true } } }],
    ['Inputs.b', '"one" is no number', { Inputs: { b: { Data: [['one', 2]] } } }],
    ['Dimensions.M', 'no input of the model has a dimension "M". It has N', { Dimensions: { M: 2 } }],
    ['Outputs', 'has no output "average". It has "sum", "size"', { Outputs: ['average'] }],
    ['Inputs', 'a model with one input; this one has 2', { File: { format: 'npy', bytes: new Uint8Array() } }],
    [
      'Inputs.a',
      'the shape [2], but the model wants [N, 2]',
      {
        File: { format: 'npz', bytes: writeNpz(new Map([['a', tensorFromJson([1, 2], 'float', undefined, '')]])) },
      },
    ],
    [
      'Inputs.a',
      'bool values, but the model wants float',
      {
        File: {
          format: 'npz',
          bytes: writeNpz(new Map([['a', tensorFromJson([[true, true]], 'bool', undefined, '')]])),
        },
      },
    ],
  ])('%s: %s', async (field, sentence, inputs) => {
    const failure = run(await save(sum), inputs)
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      field,
      message: expect.stringMatching(new RegExp(sentence.replace(/[[\]]/g, '\\$&'), 'i')),
    })
  })

  it('names a missing value of an input that is no plain tensor', async () => {
    const spec: ModelSpec = {
      opsets: { '': 21 },
      graph: {
        nodes: [{ operator: 'SequenceLength', inputs: ['list'], outputs: ['length'] }],
        inputs: [{ name: 'list', type: { sequence: { tensor: 'float' } } }],
        outputs: [{ name: 'length', type: { tensor: 'int64', shape: [] } }],
      },
    }
    await expect(run(await save(spec), {})).rejects.toMatchObject({ field: 'Inputs.list' })
    const given = run(await save(spec), { Inputs: { list: { ElementType: 'float', Data: [1] } } })
    await expect(given).rejects.toMatchObject({ code: 'invalid', field: 'Inputs' })
  })

  it('is what ONNX Runtime stumbles over, in its words', async () => {
    const gather = graphOf(
      [{ operator: 'Gather', inputs: ['x', 'at'], outputs: ['y'] }],
      { x: ['float', [2]], at: ['int64', [1]] },
      { y: ['float', [1]] },
    )
    const failure = run(await save(gather), { Inputs: { at: { Data: [7] } } })
    await expect(failure).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('out of') })
  })

  it('is a model that does not run here, with the reason', async () => {
    const file = await save(
      graphOf(
        [{ operator: 'Frobnicate', inputs: ['x'], outputs: ['y'] }],
        { x: ['float', [1]] },
        { y: ['float', [1]] },
      ),
    )
    await expect(run(file, {})).rejects.toMatchObject({ message: expect.stringContaining('no operator Frobnicate') })
  })

  it('is a file that is gone', async () => {
    await expect(run({ path: join(folder, 'gone') }, {})).rejects.toMatchObject({ code: 'not-found' })
  })
})

/** Fills `size` bytes of memory, again and again. */
const fill = graphOf(
  [{ operator: 'Expand', inputs: ['one', 'shape'], outputs: ['y'] }],
  { one: ['float', [1]], shape: ['int64', [1]] },
  { y: ['float', ['M']] },
)

/** A loop that would go on for years. */
const endless: ModelSpec = graphOf(
  [
    {
      operator: 'Loop',
      inputs: ['times', '', 'x'],
      outputs: ['y'],
      attributes: {
        body: {
          graph: {
            name: 'body',
            nodes: [
              { operator: 'Identity', inputs: ['go'], outputs: ['on'] },
              { operator: 'Sin', inputs: ['before'], outputs: ['after'] },
            ],
            inputs: [
              { name: 'at', type: { tensor: 'int64', shape: [] } },
              { name: 'go', type: { tensor: 'bool', shape: [] } },
              { name: 'before', type: { tensor: 'float', shape: [1] } },
            ],
            outputs: [
              { name: 'on', type: { tensor: 'bool', shape: [] } },
              { name: 'after', type: { tensor: 'float', shape: [1] } },
            ],
          },
        },
      },
    },
  ],
  { times: ['int64', []], x: ['float', [1]] },
  { y: ['float', [1]] },
)
const forYears = { Inputs: { times: { Data: '9000000000000000000' } } }

describe('a run that goes too far', () => {
  it('is killed at its time limit', async () => {
    const failure = runtime.run(await save(endless), forYears, { deadline: 300 })
    await expect(failure).rejects.toMatchObject({ code: 'time-out' })
  })

  it('is killed when its caller gives up', async () => {
    const abort = new AbortController()
    const failure = runtime.run(await save(endless), forYears, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(failure).rejects.toThrow('enough')
  })

  it('is killed when it takes more memory than it may', async () => {
    const small = createRuntime({ spawn: spawnNode, memoryLimit: 512 * 1024 * 1024 })
    try {
      const failure = small.run(await save(fill), { Inputs: { shape: { Data: [2 ** 32] } } })
      await expect(failure).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') })
    } finally {
      await small.close()
    }
  })

  it('is told when it asks for more memory than there is', async () => {
    const failure = run(await save(fill), { Inputs: { shape: { Data: [2 ** 50] } } })
    await expect(failure).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') })
  })

  it('is told when its inputs or its JSON would be too large', async () => {
    const big = run(await save(identityOf('float')), { Dimensions: { N: 2 ** 40 } })
    await expect(big).rejects.toMatchObject({ code: 'too-large', field: 'Inputs.x' })
    const wide = await save(identityOf('uint8'))
    await expect(run(wide, { Dimensions: { N: 4_000_001 } })).rejects.toMatchObject({
      message: expect.stringContaining('.npz'),
    })
    const { body } = await runtime.answer(wide, { Dimensions: { N: 4_000_001 } }, 'npz')
    expect((await readNpz(body)).get('y')?.shape).toEqual([4_000_001])
  })
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
    const file = await save(identityOf(type))
    const result = await run(file, { Inputs: { x: { Data: data } } })
    expect(result.Outputs).toEqual({ y: { ElementType: type, Shape: [(data as unknown[]).length], Data: data } })
    const bytes = writeNpz(new Map([['x', tensorFromJson(data, type, undefined, '')]]))
    const { body } = await runtime.answer(file, { File: { format: 'npz', bytes } }, 'npz')
    expect((await readNpz(body)).get('y')?.data).toEqual((await readNpz(bytes)).get('x')?.data)
  })

  it('of a type that cannot be passed are refused, and outputs of one skipped', async () => {
    const file = await save(
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
    const result = await run(file, { Inputs })
    expect(result.Skipped).toMatchObject([{ Name: 'narrow', Message: expect.stringContaining('uint4') }])
    expect(result.Outputs.wide?.Data).toEqual([1, 2, 3])
    await expect(run(file, { Inputs, Outputs: ['narrow'] })).rejects.toMatchObject({ field: 'Outputs' })
    const taking = graphOf(
      [{ operator: 'DequantizeLinear', inputs: ['x', 'scale'], outputs: ['y'] }],
      { x: ['int4', [2]], scale: ['float', []] },
      { y: ['float', [2]] },
    )
    await expect(run(await save(taking), {})).rejects.toMatchObject({
      field: 'Inputs.x',
      message: expect.stringContaining('int4'),
    })
  })

  it('that are left out are random with seed 0, symbolic dimensions 1 or what other inputs say', async () => {
    const file = await save(sum)
    expect((await run(file, {})).Outputs.sum?.Shape).toEqual([1, 2])
    expect((await run(file, { Dimensions: { N: 3 } })).Outputs.sum?.Shape).toEqual([3, 2])
    const given = await run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] } } })
    expect(given.Outputs.sum?.Shape).toEqual([4, 2])
    const seeded = await run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] }, b: { Random: 0 } } })
    expect(seeded.Outputs).toEqual(given.Outputs)
    expect((await run(file, { Inputs: { a: { Zeros: true, Shape: [4, 2] }, b: { Random: 1 } } })).Outputs).not.toEqual(
      given.Outputs,
    )
  })

  it('may be flat or base64 where the model tells the shape', async () => {
    const file = await save(identityOf('float', [2, 2]))
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
      expect((await run(file, { Inputs: { x: { Data } } })).Outputs).toEqual(wanted)
    }
  })

  it('may be one .npy where the model has one input, in a type that numpy prefers', async () => {
    const zip = writeNpz(new Map([['x', tensorFromJson([1, 2], 'double', undefined, '')]]))
    const { writeNpy } = await import('./tensor/npy.ts')
    const bytes = writeNpy(tensorFromJson([1, 2], 'double', undefined, ''))
    for (const File of [
      { format: 'npy', bytes },
      { format: 'npz', bytes: zip },
    ] as const) {
      const { Outputs } = await run(await save(identityOf('float')), { File })
      expect(Outputs.y).toEqual({ ElementType: 'float', Shape: [2], Data: [1, 2] })
    }
  })

  it('may have any name', async () => {
    const name = '/модель/__proto__:0'
    const file = await save(
      graphOf(
        [{ operator: 'Identity', inputs: [name], outputs: ['/y'] }],
        { [name]: ['float', [1]] },
        { '/y': ['float', [1]] },
      ),
    )
    expect((await run(file, { Inputs: { [name]: { Data: [7] } } })).Outputs).toEqual({
      '/y': { ElementType: 'float', Shape: [1], Data: [7] },
    })
  })
})

describe('answers', () => {
  it('have the outputs asked for, the times and the memory', async () => {
    const result = await run(await save(sum), { Outputs: ['size'], Dimensions: { N: 5 } })
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
    const result = await run(await save(spec), {})
    expect(Object.keys(result.Outputs)).toEqual(['y'])
    expect(result.Skipped).toMatchObject([{ Name: 'list' }])
    await expect(run(await save(spec), { Outputs: ['list'] })).rejects.toMatchObject({ field: 'Outputs' })
  })

  it('of a real model are the same each time', async () => {
    const inputs: RunInputs = {
      Inputs: {
        input: { Random: 7, Shape: [1, 512] },
        sr: { Data: 16_000 },
        state: { Zeros: true, Shape: [2, 1, 128] },
      },
    }
    const first = await runtime.run({ path: sileroPath }, inputs)
    const second = await runtime.run({ path: sileroPath }, inputs)
    expect(first.outputs.get('output')?.shape).toEqual([1, 1])
    expect(second.outputs).toEqual(first.outputs)
  })
})
