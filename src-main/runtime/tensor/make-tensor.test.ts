import { describe, expect, it } from 'vitest'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { castTensor } from './cast-tensor.ts'
import { randomTensor, zeroTensor } from './make-tensor.ts'
import { tensorFromJson } from './tensor-from-json.ts'
import { tensorToJson } from './tensor-to-json.ts'

const field = 'Inputs.x'
const random = (type: ElementType, shape: number[], seed = 1, name = 'x') =>
  tensorToJson(randomTensor(type, shape, seed, name, field))

describe('random tensors', () => {
  it('are the same for ever: figures of another implementation of the documented generator', () => {
    expect(random('double', [3], 0, 'x')).toEqual(random('double', [3], 0, 'x'))
    expect(random('double', [2], 42, 'image')).toMatchInlineSnapshot(`
      [
        0.6168188937008381,
        0.28018058789893985,
      ]
    `)
    expect(random('int64', [8], 42, 'image')).toMatchInlineSnapshot(`
      [
        1,
        0,
        0,
        1,
        0,
        0,
        1,
        1,
      ]
    `)
  })

  it('differ by seed and by name', () => {
    expect(random('float', [8], 1)).not.toEqual(random('float', [8], 2))
    expect(random('float', [8], 1, 'a')).not.toEqual(random('float', [8], 1, 'b'))
  })

  it('are floats in [0, 1), integers of 0 and 1, bools, and short texts', () => {
    const floats = Array.from(JSON.parse(JSON.stringify(random('double', [1000]))), Number)
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...floats)).toBeLessThan(1)
    expect(floats.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1)
    expect(new Set([random('int8', [99])].flat())).toEqual(new Set([0, 1]))
    expect(new Set([random('bool', [99])].flat())).toEqual(new Set([true, false]))
    expect(random('string', [2])).toEqual([expect.stringMatching(/^text\d$/), expect.stringMatching(/^text\d$/)])
  })

  it('are refused where too large or of a type without values', () => {
    expect(() => random('float', [2 ** 40])).toThrow('too large')
    expect(() => random('complex64', [1])).toThrow('complex64')
  })
})

it('zeros are zero, false and empty', () => {
  expect(tensorToJson(zeroTensor('float16', [2], field))).toEqual([0, 0])
  expect(tensorToJson(zeroTensor('bool', [1], field))).toEqual([false])
  expect(tensorToJson(zeroTensor('string', [2], field))).toEqual(['', ''])
})

describe('castTensor', () => {
  const cast = (from: ElementType, data: unknown, to: ElementType) =>
    tensorToJson(castTensor(tensorFromJson(data, from, undefined, field), to, field))

  it.each<[ElementType, unknown, ElementType, unknown]>([
    ['double', [0.5, 'NaN'], 'float', [0.5, 'NaN']],
    ['double', [1e300], 'float16', ['Infinity']],
    ['int64', [1, -1], 'int32', [1, -1]],
    ['int64', [255], 'uint8', [255]],
    ['uint8', [7], 'float', [7]],
    ['string', ['a'], 'string', ['a']],
  ])('%s %j to %s', (from, data, to, result) => {
    expect(cast(from, data, to)).toEqual(result)
  })

  it.each<[ElementType, unknown, ElementType, string]>([
    ['int64', [256], 'uint8', '256, which does not fit'],
    ['int64', [-1], 'uint64', '-1, which does not fit'],
    ['double', [1], 'int64', 'double values, but the model expects int64'],
    ['bool', [true], 'float', 'bool values, but the model expects float'],
    ['float', [1], 'bool', 'float values, but the model expects bool'],
    ['string', ['1'], 'float', 'string values, but the model expects float'],
  ])('refuses %s %j to %s', (from, data, to, sentence) => {
    expect(() => cast(from, data, to)).toThrow(sentence)
  })
})
