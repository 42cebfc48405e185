import { describe, expect, it } from 'vitest'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { tensorFromJson } from './tensor-from-json.ts'
import { tensorToJson } from './tensor-to-json.ts'

const field = 'Inputs.x'
const read = (data: unknown, type: ElementType, shape?: number[]) => tensorFromJson(data, type, shape, field)

describe('what is refused, with the input named', () => {
  it.each<[string, unknown, ElementType, number[] | undefined]>([
    ['is not a number', ['one'], 'float', undefined],
    ['is not a number', [null], 'float', undefined],
    ['is not a number', [true], 'double', undefined],
    ['is not an integer', [1.5], 'int32', undefined],
    ['is not an integer', [2 ** 53], 'int64', undefined],
    ['is not an integer', ['0x10'], 'int64', undefined],
    ['does not fit uint8, which goes from 0 to 255', [256], 'uint8', undefined],
    ['does not fit int4, which goes from -8 to 7', [8], 'int4', undefined],
    ['does not fit uint64', ['-1'], 'uint64', undefined],
    ['does not fit int64', ['9223372036854775808'], 'int64', undefined],
    ['is not a bool', [2], 'bool', undefined],
    ['is not a string', [1], 'string', undefined],
    ['not nested evenly', [[1, 2], [3]], 'float', undefined],
    ['not nested evenly', [1, [2]], 'float', undefined],
    ['not nested evenly', [[1], 2], 'float', undefined],
    ['shape [2, 1], not [1, 2]', [[1], [2]], 'float', [1, 2]],
    ['shape [3], not [2]', [1, 2, 3], 'float', [2]],
    ['not valid base64', 'not base64!', 'float', [2]],
    ['holds 4 bytes; float of shape [2] takes 8', 'AAAAAA==', 'float', [2]],
    ['cannot be given as JSON', [1], 'complex64', undefined],
    ['too large', 'AAAA', 'float', [2 ** 40]],
    ['too large', 'AAAA', 'float', [2 ** 40, 2 ** 40, 2 ** 40]],
  ])('%s', (sentence, data, type, shape) => {
    expect(() => read(data, type, shape)).toThrow(
      expect.objectContaining({ name: 'Problem', field, message: expect.stringContaining(sentence) }),
    )
  })

  it('is data nested without end', () => {
    let deep: unknown = 1
    for (let level = 0; level < 10_000; level++) deep = [deep]
    expect(() => read(deep, 'float')).toThrow('nested deeper')
  })
})

describe('what goes in comes out', () => {
  it.each<[ElementType, unknown]>([
    [
      'float',
      [
        [0.5, 'NaN'],
        ['Infinity', '-Infinity'],
      ],
    ],
    ['double', [Math.PI, 5e-324]],
    ['float16', [0.5, 65504]],
    ['bfloat16', [0.5, 'Infinity']],
    ['int8', [-128, 127]],
    ['uint8', [[[0]], [[255]]]],
    ['int16', [-32768]],
    ['uint16', [65535]],
    ['int32', [-2147483648]],
    ['uint32', [4294967295]],
    ['int64', ['9007199254740993', -1, '-9223372036854775808', 9007199254740991]],
    ['uint64', ['18446744073709551615', 0]],
    ['int4', [-8, 7, -1]],
    ['uint4', [15, 0, 1]],
    ['bool', [true, false]],
    ['string', ['', 'ü😀']],
    ['float', 0.25],
    ['int64', '9007199254740993'],
  ])('%s %j', (type, data) => {
    expect(tensorToJson(read(data, type))).toEqual(data)
  })

  it('takes a flat array with its shape', () => {
    expect(tensorToJson(read([1, 2, 3, 4], 'int32', [2, 2]))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('takes base64 of raw little-endian values with their shape', () => {
    const raw = Buffer.from(Float32Array.of(1, -2).buffer).toString('base64')
    expect(tensorToJson(read(raw, 'float', [2]))).toEqual([1, -2])
  })

  it('takes numbers and bools for bools, and an empty array for an empty tensor', () => {
    expect(tensorToJson(read([1, 0, true], 'bool'))).toEqual([true, false, true])
    expect(read([], 'float', [2, 0])).toEqual({ type: 'float', shape: [2, 0], data: new Uint8Array() })
    expect(tensorToJson(read([], 'float', [2 ** 40, 0]))).toEqual([])
  })
})
