import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ElementType } from '../../src-contract/contract/models/element-type.ts'
import { measureDifference } from './measure-difference.ts'
import { tensorFromJson } from './tensor/tensor-from-json.ts'
import { type ModelRunner, openModelRunner } from './testing/model-runner.ts'
import { graphOf, identityOf } from './testing/models.ts'

let runner: ModelRunner

beforeAll(async () => {
  runner = await openModelRunner()
})
afterAll(() => runner.close())

const unary = (operator: string, input = 'x', size: number | string = 'N') =>
  graphOf([{ operator, inputs: [input], outputs: ['y'] }], { [input]: ['float', [size]] }, { y: ['float', [size]] })

describe('compareOutputs', () => {
  it('finds a model the same as itself', async () => {
    const file = await runner.save(identityOf('float'))
    const same = [{ Name: 'y', Largest: { Absolute: 0, Relative: 0 }, Message: 'The values are the same.' }]
    expect(await runner.runtime.compareOutputs(file, file, { requests: [{ Dimensions: { N: 100 } }] })).toEqual(same)
  })

  it('runs the right model on inputs of the shapes that the left one had', async () => {
    const left = await runner.save(unary('Identity', 'x', 7))
    const [difference] = await runner.runtime.compareOutputs(left, await runner.save(unary('Neg')))
    // Inputs are below 1, so that x and -x are less than 2 apart, and twice as far as they are great.
    expect(difference?.Largest?.Absolute).toBeGreaterThan(0.5)
    expect(difference?.Largest?.Absolute).toBeLessThan(2)
    expect(difference?.Largest?.Relative).toBe(2)
  })

  it('says of the right model why it cannot be compared', async () => {
    const left = await runner.save(unary('Identity'))
    const renamed = await runner.save(unary('Identity', 'image'))
    expect(await runner.runtime.compareOutputs(left, renamed)).toMatchObject([
      { Name: 'y', Largest: null, Message: expect.stringContaining('has no input "x"') },
    ])
    const other = await runner.save(
      graphOf([{ operator: 'Neg', inputs: ['x'], outputs: ['z'] }], { x: ['float', ['N']] }, { z: ['float', ['N']] }),
    )
    expect(await runner.runtime.compareOutputs(left, other)).toMatchObject([
      { Name: 'y', Largest: null, Message: expect.stringContaining('does not have this output') },
    ])
  })

  it('goes on to the next request where the left one refuses the first, and keeps given values', async () => {
    const file = await runner.save(unary('Neg', 'x', 7))
    const requests = [{ Dimensions: { M: 1 } }, { Inputs: { x: { Data: [1, 2, 3, 4, 5, 6, 7] } } }]
    expect(await runner.runtime.compareOutputs(file, file, { requests })).toMatchObject([
      { Largest: { Absolute: 0, Relative: 0 } },
    ])
    const [apart] = await runner.runtime.compareOutputs(file, await runner.save(unary('Identity', 'x', 7)), {
      requests,
    })
    expect(apart?.Largest?.Absolute).toBe(14)
  })

  it('is a problem where the left one does not run', async () => {
    const right = await runner.save(identityOf('float'))
    const left = await runner.save(unary('Frobnicate'))
    await expect(runner.runtime.compareOutputs(left, right)).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('measureDifference', () => {
  const measure = (left: unknown, right: unknown, type: ElementType, rightType = type) =>
    measureDifference(tensorFromJson(left, type, undefined, ''), tensorFromJson(right, rightType, undefined, ''))

  it.each<[string, ElementType, unknown, unknown, { Absolute: number; Relative: number }]>([
    [
      'NaN and infinities at the same places',
      'float',
      ['NaN', 'Infinity'],
      ['NaN', 'Infinity'],
      { Absolute: 0, Relative: 0 },
    ],
    ['zeros of either sign', 'double', [0], [-0], { Absolute: 0, Relative: 0 }],
    ['the largest of each, wherever', 'double', [1, 100], [2, 104], { Absolute: 4, Relative: 0.5 }],
    [
      'wide integers to the last digit',
      'int64',
      ['9007199254740993'],
      ['9007199254740992'],
      { Absolute: 1, Relative: 1 / 2 ** 53 },
    ],
    ['bools', 'bool', [true, false], [true, true], { Absolute: 1, Relative: 1 }],
    ['texts', 'string', ['a'], ['a'], { Absolute: 0, Relative: 0 }],
    ['nothing', 'float', [], [], { Absolute: 0, Relative: 0 }],
  ])('of %s', async (_, type, left, right, largest) => {
    expect((await measure(left, right, type)).Largest).toEqual(largest)
  })

  it.each<[ElementType, ElementType, number]>([
    ['float', 'float16', 2 ** -12],
    ['float', 'bfloat16', 2 ** -9 + 2 ** -12],
    ['bfloat16', 'double', 2 ** -9 + 2 ** -12],
    ['double', 'float', 0],
  ])('of %s against %s is that of the values', async (left, right, Absolute) => {
    const value = 1 + 2 ** -9 + 2 ** -12
    expect((await measure([value], [value], left, right)).Largest?.Absolute).toBe(Absolute)
  })

  it.each<[string, ElementType, unknown, unknown, ElementType]>([
    ['1 of 2 values are NaN or infinite on one side only.', 'float', [1, 'NaN'], [1, 2], 'float'],
    ['1 of 1 values are NaN or infinite on one side only.', 'float', ['Infinity'], ['-Infinity'], 'float'],
    ['1 of 2 texts differ.', 'string', ['a', 'b'], ['a', 'c'], 'string'],
    ['The types differ: float and int32.', 'float', [1], [1], 'int32'],
    ['The shapes differ: [1] and [2].', 'float', [1], [1, 2], 'float'],
  ])('cannot be told in numbers: %s', async (message, type, left, right, rightType) => {
    expect(await measure(left, right, type, rightType)).toEqual({ Largest: null, Message: message })
  })
})
