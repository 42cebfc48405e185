import { describe, expect, it } from 'vitest'
import { npyForInput } from './npy-for-input.ts'

function npy(header: string, data: number[]): ArrayBuffer {
  const text = `${header}\n`
  const bytes = new Uint8Array(10 + text.length + data.length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0])
  bytes.set(new TextEncoder().encode(text), 10)
  bytes.set(data, 10 + text.length)
  return bytes.buffer
}

const header = (descr: string, shape: string) => `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`

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
      ElementType: 'float',
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

  it('is refused where it is cut off, or holds what a model cannot be fed with', () => {
    expect(() => npyForInput(npy(header('<f4', '2,'), [0, 0, 0, 0]), input('float', [2]))).toThrow('4 bytes')
    expect(() => npyForInput(npy(header('<U1', '1,'), [0, 0, 0, 0]), input('float', [1]))).toThrow('strings')
  })

  it('makes integers smaller only where that loses nothing', () => {
    expect(npyForInput(npy(header('<i8', '1,'), long), input('int32', [1])).made.Data).toBe('BwAAAA==')
    expect(() => npyForInput(npy(header('<i8', '1,'), [...long.slice(0, 5), 1, 0, 0]), input('int32', [1]))).toThrow(
      'too large',
    )
  })
})
