import { describe, expect, it } from 'vitest'
import { readNpy } from './npy.ts'
import { npyForInput } from './npy-for-input.ts'

function npy(header: string, data: number[]): ArrayBuffer {
  const text = `${header}\n`
  const bytes = new Uint8Array(10 + text.length + data.length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0])
  bytes.set(new TextEncoder().encode(text), 10)
  bytes.set(data, 10 + text.length)
  return bytes.buffer
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`

describe('reading numpy files', () => {
  it('refuses what it would misread, with a reason', () => {
    expect(() => readNpy(new Uint8Array(20).buffer)).toThrow('does not begin like one')
    expect(() => readNpy(npy(header('>f4', '2, 2', 'True'), new Array(15).fill(0)))).toThrow('cut off')
    expect(() => readNpy(npy(header('<f4', '2,'), [0, 0, 0, 0]))).toThrow('cut off')
    expect(() => readNpy(npy(header('<U5', '1,'), new Array(20).fill(0)))).toThrow('cannot be fed')
  })

  it('gives type, shape and raw values', () => {
    expect(readNpy(npy(header('<f4', '1, 1'), [0, 0, 128, 63]))).toEqual({
      type: 'float32',
      shape: [1, 1],
      bytes: Uint8Array.of(0, 0, 128, 63),
    })
    expect(readNpy(npy(header('|b1', ''), [1]))).toMatchObject({ type: 'bool', shape: [] })
  })
})

describe('values in another order', () => {
  it('come in that of models from Fortran order', () => {
    const bytes = (data: number[], shape: string, descr = '|u1') =>
      Array.from(readNpy(npy(header(descr, shape, 'True'), data)).bytes)
    expect(bytes([1, 4, 2, 5, 3, 6], '2, 3')).toEqual([1, 2, 3, 4, 5, 6])
    // numpy: np.arange(24).reshape(2, 3, 4).ravel('F')
    const columns = [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23]
    expect(bytes(columns, '2, 3, 4')).toEqual(Array.from({ length: 24 }, (_, index) => index))
    expect(bytes([1, 0, 3, 0, 2, 0, 4, 0], '2, 2', '<i2')).toEqual([1, 0, 2, 0, 3, 0, 4, 0])
    expect(bytes([7], '')).toEqual([7])
    expect(bytes([7, 8], '2,')).toEqual([7, 8])
    expect(bytes([], '0, 3')).toEqual([])
  })

  it('come little-endian from big-endian, in either order', () => {
    expect(readNpy(npy(header('>f4', '1,'), [63, 128, 0, 0])).bytes).toEqual(Uint8Array.of(0, 0, 128, 63))
    const data = [0, 1, 0, 3, 0, 2, 0, 4]
    expect(Array.from(readNpy(npy(header('>i2', '2, 2', 'True'), data)).bytes)).toEqual([1, 0, 2, 0, 3, 0, 4, 0])
  })
})

describe('a numpy file for an input', () => {
  const input = (ElementType: 'float' | 'int32', Shape: (number | string | null)[]) => ({
    Name: 'image',
    ElementType,
    Shape,
  })
  const double = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
  const long = [7, 0, 0, 0, 0, 0, 0, 0]

  it('says at once that its shape does not fit', () => {
    const file = npy(header('<f4', '1,'), [0, 0, 128, 63])
    expect(() => npyForInput(file, input('float', [1, 3]))).toThrow('It is 1, but image takes 1×3.')
    expect(() => npyForInput(file, input('float', [2]))).toThrow('It is 1, but image takes 2.')
    expect(npyForInput(file, input('float', ['N'])).made).toEqual({
      ElementType: 'float32',
      Shape: [1],
      Data: 'AACAPw==',
    })
  })

  it('takes the float64 that numpy makes for the float that models want, and says so', () => {
    expect(npyForInput(npy(header('<f8', '1,'), double), input('float', [1]))).toEqual({
      made: { ElementType: 'float', Shape: [1], Data: 'AACAPw==' },
      note: 'float64 as float',
    })
  })

  it('makes integers smaller only where that loses nothing', () => {
    expect(npyForInput(npy(header('<i8', '1,'), long), input('int32', [1])).made.Data).toBe('BwAAAA==')
    expect(() => npyForInput(npy(header('<i8', '1,'), [...long.slice(0, 5), 1, 0, 0]), input('int32', [1]))).toThrow(
      'too large',
    )
  })
})
