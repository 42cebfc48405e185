import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSpec } from '../onnx/testing/model-builder.ts'
import { writeNpz } from './tensor/npz.ts'
import { tensorFromJson } from './tensor/tensor-from-json.ts'
import { type GivenInputs, type ModelRunner, openModelRunner } from './testing/model-runner.ts'
import { graphOf, sumModel } from './testing/models.ts'

let runner: ModelRunner

beforeAll(async () => {
  runner = await openModelRunner()
})
afterAll(() => runner.close())

describe('what is refused says which input is wrong and what the model wants', () => {
  it.each<[string, string, GivenInputs]>([
    ['Inputs.c', 'has no input "c". It has "a", "b"', { Inputs: { c: { Zeros: true } } }],
    ['Inputs.a', 'the shape [3], but the model expects [N, 2]', { Inputs: { a: { Data: [1, 2, 3] } } }],
    ['Inputs.a', 'the shape [1, 3], but the model expects [N, 2]', { Inputs: { a: { Zeros: true, Shape: [1, 3] } } }],
    [
      'Inputs.b',
      'given as int64, but the model expects float',
      { Inputs: { b: { ElementType: 'int64', Zeros: true } } },
    ],
    ['Inputs.b', '"one" is not a number', { Inputs: { b: { Data: [['one', 2]] } } }],
    ['Dimensions.M', 'no input of the model has a dimension "M". It has N', { Dimensions: { M: 2 } }],
    ['Outputs', 'has no output "average". It has "sum", "size"', { Outputs: ['average'] }],
    ['Inputs', 'a model with one input; this one has 2', { File: { format: 'npy', bytes: new Uint8Array() } }],
    [
      'Inputs.a',
      'the shape [2], but the model expects [N, 2]',
      {
        File: { format: 'npz', bytes: writeNpz(new Map([['a', tensorFromJson([1, 2], 'float', undefined, '')]])) },
      },
    ],
    [
      'Inputs.a',
      'bool values, but the model expects float',
      {
        File: {
          format: 'npz',
          bytes: writeNpz(new Map([['a', tensorFromJson([[true, true]], 'bool', undefined, '')]])),
        },
      },
    ],
  ])('%s: %s', async (field, sentence, inputs) => {
    const failure = runner.run(await runner.save(sumModel), inputs)
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
    await expect(runner.run(await runner.save(spec), {})).rejects.toMatchObject({ field: 'Inputs.list' })
    const given = runner.run(await runner.save(spec), { Inputs: { list: { ElementType: 'float', Data: [1] } } })
    await expect(given).rejects.toMatchObject({ code: 'invalid', field: 'Inputs' })
  })

  it('is what ONNX Runtime stumbles over, in its words', async () => {
    const gather = graphOf(
      [{ operator: 'Gather', inputs: ['x', 'at'], outputs: ['y'] }],
      { x: ['float', [2]], at: ['int64', [1]] },
      { y: ['float', [1]] },
    )
    const failure = runner.run(await runner.save(gather), { Inputs: { at: { Data: [7] } } })
    await expect(failure).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('out of') })
  })

  it('is a model that does not run here, with the reason', async () => {
    const file = await runner.save(
      graphOf(
        [{ operator: 'Frobnicate', inputs: ['x'], outputs: ['y'] }],
        { x: ['float', [1]] },
        { y: ['float', [1]] },
      ),
    )
    await expect(runner.run(file, {})).rejects.toMatchObject({
      message: expect.stringContaining('no operator Frobnicate'),
    })
  })

  it('is a file that is gone', async () => {
    await expect(runner.run({ path: join(runner.folder, 'gone') }, {})).rejects.toMatchObject({ code: 'not-found' })
  })
})
