import { describe, expect, it } from 'vitest'
import { tensorToJson } from '../../src-main/runtime/tensor/tensor-to-json.ts'
import type { ElementType } from '../contract/models/element-type.ts'
import { readNpy } from './npy.ts'
import { numpyFile } from './testing/numpy-files.ts'

const field = 'Inputs.x'

describe('what numpy wrote', () => {
  it.each<[string, ElementType, unknown]>([
    [
      'little f4',
      'float',
      [
        [0, 0.25, 0.5],
        [0.75, 1, 1.25],
      ],
    ],
    [
      'big i2',
      'int16',
      [
        [-3, -2, -1],
        [0, 1, 2],
      ],
    ],
    [
      'fortran f8',
      'double',
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
    ['bool', 'bool', [true, false, true]],
    ['U', 'string', ['ab', '', 'ü😀']],
    [
      'bigU fortran',
      'string',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['S', 'string', ['abc', 'd']],
    ['scalar i8', 'int64', -5],
    ['f2', 'float16', [1.5, -0, 'Infinity']],
    ['u8', 'uint64', ['18446744073709551615']],
    ['v2', 'float', [1, 2]],
    ['v3', 'int32', [3, 4]],
  ])('%s', (name, type, values) => {
    const tensor = readNpy(numpyFile('npy', name), field)
    expect(tensor.type).toBe(type)
    expect(tensorToJson(tensor)).toEqual(values)
  })

  it('in column-major order of three axes', () => {
    const { shape, data } = readNpy(numpyFile('npy', 'fortran 3d u1'), field)
    expect(shape).toEqual([2, 3, 4])
    expect(data).toEqual(Uint8Array.from({ length: 24 }, (_, index) => index))
  })

  it('empty', () => {
    expect(readNpy(numpyFile('npy', 'empty'), field)).toEqual({ type: 'float', shape: [0, 3], data: new Uint8Array() })
  })
})

describe('what is refused, with the input named', () => {
  it.each([
    ['object', 'pickled Python objects, which are never opened'],
    ['record', 'records'],
    ['complex', "numpy's type <c16"],
    ['datetime', "numpy's type <M8[D]"],
  ])('%s', (name, sentence) => {
    expect(() => readNpy(numpyFile('npy', name), field)).toThrow(
      expect.objectContaining({ code: 'invalid', field, message: expect.stringContaining(sentence) }),
    )
  })

  const whole = numpyFile('npy', 'little f4')
  const header = (text: string) => {
    const bytes = Buffer.from(`\x93NUMPY\x01\x00\0\0${text}`, 'latin1')
    bytes.writeUInt16LE(text.length, 8)
    return bytes
  }
  it.each<[string, Uint8Array]>([
    ['not a numpy array file', new Uint8Array()],
    ['not a numpy array file', Buffer.from('PNG or whatever it is')],
    ['ends in the middle of its header', whole.subarray(0, 40)],
    ['take 23 bytes, but its header says 24', whole.subarray(0, whole.length - 1)],
    ['take 25 bytes', Buffer.concat([whole, Buffer.alloc(1)])],
    ['version 9', Buffer.from(whole).fill(9, 6, 7)],
    ['cannot be understood', header('{}')],
    ['too large', header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }")],
    ['impossible', header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }")],
    ['header says', header("{'descr': '<U999999999', 'fortran_order': False, 'shape': (99,), }")],
    ['too many strings', header("{'descr': '<U0', 'fortran_order': False, 'shape': (999999999,), }")],
  ])('%s', (sentence, bytes) => {
    expect(() => readNpy(bytes, field)).toThrow(
      expect.objectContaining({ name: 'Problem', field, message: expect.stringContaining(sentence) }),
    )
  })
})

describe('values in another order', () => {
  const arrayOf = (descr: string, shape: string, data: number[], fortran = 'True') => {
    const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`
    return readNpy(
      Uint8Array.of(...Buffer.from('\x93NUMPY\x01\0', 'latin1'), text.length, 0, ...Buffer.from(text), ...data),
      field,
    ).data
  }

  it('come with the last axis running fastest', () => {
    expect(arrayOf('|u1', '2, 3', [1, 4, 2, 5, 3, 6])).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect(arrayOf('<i2', '2, 2', [1, 0, 3, 0, 2, 0, 4, 0])).toEqual(Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0))
    expect(arrayOf('>i2', '2, 2', [0, 1, 0, 3, 0, 2, 0, 4])).toEqual(Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0))
    expect(arrayOf('|u1', '', [7])).toEqual(Uint8Array.of(7))
    expect(arrayOf('|u1', '0, 3', [])).toEqual(new Uint8Array())
  })

  it('come little-endian', () => {
    expect(arrayOf('>f4', '1,', [63, 128, 0, 0], 'False')).toEqual(Uint8Array.of(0, 0, 128, 63))
  })
})
