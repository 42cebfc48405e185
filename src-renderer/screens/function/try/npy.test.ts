import { describe, expect, it } from 'vitest'
import { readNpy } from './npy.ts'

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
    expect(() => readNpy(npy(header('>f4', '1,'), [0, 0, 0, 0]))).toThrow('big-endian')
    expect(() => readNpy(npy(header('<f4', '2, 2', 'True'), new Array(16).fill(0)))).toThrow('Fortran')
    expect(() => readNpy(npy(header('<f4', '2,'), [0, 0, 0, 0]))).toThrow('cut off')
    expect(() => readNpy(npy(header('<U5', '1,'), new Array(20).fill(0)))).toThrow('cannot be fed')
  })

  it('gives type, shape and raw values', () => {
    expect(readNpy(npy(header('<f4', '1, 1'), [0, 0, 128, 63]))).toEqual({
      ElementType: 'float32',
      Shape: [1, 1],
      Data: 'AACAPw==',
    })
    expect(readNpy(npy(header('|b1', ''), [1]))).toEqual({ ElementType: 'bool', Shape: [], Data: 'AQ==' })
  })
})
