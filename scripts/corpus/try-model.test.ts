import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildModel, buildTensor, type ModelSpec, type TensorSpec } from '../../src-main/onnx/testing/model-builder.ts'
import { spawnNode } from '../../src-main/processes/spawn/spawn-node.ts'
import { createRuntime, type Runtime } from '../../src-main/runtime/create-runtime.ts'
import { tensorFromJson } from '../../src-main/runtime/tensor/tensor-from-json.ts'
import { graphOf } from '../../src-main/runtime/testing/models.ts'
import { findDifference } from './compare-tensors.ts'
import { tryModel } from './try-model.ts'

// Protects the verdicts: a corpus run that calls a wrong output right is worse than none.

let runtime: Runtime
let folder: string
let models = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'))
  runtime = createRuntime({ spawn: spawnNode })
})
afterAll(async () => {
  await runtime.close()
  await rm(folder, { recursive: true })
})

const double = graphOf(
  [{ operator: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
  { x: ['float', [2]] },
  { y: ['float', [2]] },
)
const floats = (values: number[]): TensorSpec => ({ type: 'float', shape: [values.length], floats: values })

async function verdict(model: ModelSpec | string, data: Record<string, TensorSpec> = {}) {
  const home = join(folder, `model${models++}`)
  const set = join(home, 'test_data_set_0')
  await mkdir(set, { recursive: true })
  await writeFile(join(home, 'model.onnx'), typeof model === 'string' ? model : buildModel(model))
  for (const [name, tensor] of Object.entries(data)) await writeFile(join(set, `${name}.pb`), buildTensor(tensor))
  return tryModel(join(home, 'model.onnx'), runtime)
}

describe('tryModel', () => {
  it('calls a wrong output wrong and says where', async () => {
    const outcome = await verdict(double, { input_0: floats([1, 2]), output_0: floats([2, 5]) })
    expect(outcome).toEqual({ kind: 'wrong', why: 'y: 1 of 2 values differ: 4 instead of 5 at 1' })
  })

  it('calls a right one equal', async () => {
    expect(await verdict(double, { input_0: floats([1, 2]), output_0: floats([2, 4.001]) })).toEqual({ kind: 'equal' })
  })

  it('compares 4-bit values, which the interface to ONNX Runtime cannot pass, through a wider type', async () => {
    const same = graphOf(
      [
        { operator: 'Cast', inputs: ['x'], outputs: ['float'], attributes: { to: { int: 1 } } },
        { operator: 'Cast', inputs: ['float'], outputs: ['y'], attributes: { to: { int: 22 } } },
      ],
      { x: ['int4', [3]] },
      { y: ['int4', [3]] },
    )
    const nibbles = (...raw: number[]): TensorSpec => ({ type: 'int4', shape: [3], raw: Uint8Array.from(raw) })
    const data = { input_0: nibbles(0xf7, 0x08), output_0: nibbles(0xf7, 0x08) }
    expect(await verdict({ ...same, opsets: { '': 21 } }, data)).toMatchObject({ kind: 'equal' })
    const outcome = await verdict({ ...same, opsets: { '': 21 } }, { ...data, output_0: nibbles(0xf6, 0x08) })
    expect(outcome).toEqual({ kind: 'wrong', why: 'y as int8: 1 of 3 values differ: 7 instead of 6 at 0' })
  })

  it('tells what could not be tried, and why', async () => {
    expect(await verdict('no model')).toMatchObject({ kind: 'unreadable' })
    expect(await verdict(double)).toMatchObject({ kind: 'not comparable', why: 'it has no expected outputs' })
    const unknown = graphOf(
      [{ operator: 'Frobnicate', inputs: ['x'], outputs: ['y'] }],
      { x: ['float', [2]] },
      { y: ['float', [2]] },
    )
    expect(await verdict(unknown)).toEqual({ kind: 'does not run', why: 'operator' })
    const random = graphOf(
      [{ operator: 'RandomNormalLike', inputs: ['x'], outputs: ['y'] }],
      { x: ['float', [2]] },
      { y: ['float', [2]] },
    )
    const data = { input_0: floats([0, 0]), output_0: floats([9e9, 9e9]) }
    expect(await verdict(random, data)).toEqual({ kind: 'not comparable', why: 'its values are random' })
  })
})

describe('findDifference', () => {
  const compare = (actual: unknown, expected: unknown, type: 'float' | 'int64' | 'string' | 'bool' = 'float') =>
    findDifference(tensorFromJson(actual, type, undefined, ''), tensorFromJson(expected, type, undefined, ''))

  it.each<[unknown, unknown, 'float' | 'int64' | 'string' | 'bool']>([
    [[1.0009], [1], 'float'],
    [['NaN', 'Infinity'], ['NaN', 'Infinity'], 'float'],
    [[0, -0], [-0, 0], 'float'],
    [['9007199254740993'], ['9007199254740993'], 'int64'],
  ])('takes %j for %j', (actual, expected, type) => {
    expect(compare(actual, expected, type)).toBeNull()
  })

  it.each<[unknown, unknown, 'float' | 'int64' | 'string' | 'bool']>([
    [[1.0011], [1], 'float'],
    [['NaN'], [1], 'float'],
    [['Infinity'], ['-Infinity'], 'float'],
    [[1e9], ['Infinity'], 'float'],
    [['9007199254740993'], ['9007199254740992'], 'int64'],
    [['a'], ['b'], 'string'],
    [[true], [false], 'bool'],
    [[1], [1, 2], 'float'],
    [[[1]], [1], 'float'],
  ])('does not take %j for %j', (actual, expected, type) => {
    expect(compare(actual, expected, type)?.kind).toBe('wrong')
  })

  it('knows rounding: next to nothing beside great values', () => {
    expect(compare([1e-3, 5000], [0, 5000])?.kind).toBe('rounding')
    expect(compare([1e-2, 5000], [0, 5000])?.kind).toBe('wrong')
  })
})
