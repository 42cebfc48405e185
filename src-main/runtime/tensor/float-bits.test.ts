import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bfloat16FromBits, bfloat16ToBits, float16FromBits, float16ToBits } from './float-bits.ts'

describe('float16', () => {
  it('comes back from each of its 65,536 bit patterns', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = float16FromBits(bits)
      if (Number.isNaN(value)) expect(Number.isNaN(float16FromBits(float16ToBits(value)))).toBe(true)
      else if (float16ToBits(value) !== bits) expect(float16ToBits(value)).toBe(bits)
    }
  })

  it('rounds to the nearest, and half-way to even', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -70_000, max: 70_000 }), (value) => {
        const bits = float16ToBits(value)
        const distance = Math.abs(float16FromBits(bits) - value)
        for (const other of [bits - 1, bits + 1]) {
          if ((other & 0x7fff) >= 0x7c00 || other < 0 || (bits & 0x7fff) === 0x7c00) continue
          expect(distance).toBeLessThanOrEqual(Math.abs(float16FromBits(other) - value))
        }
      }),
    )
    expect(float16FromBits(float16ToBits(2049))).toBe(2048)
    expect(float16FromBits(float16ToBits(2051))).toBe(2052)
    expect([65519, 65520, -1e9].map(float16ToBits)).toEqual([0x7bff, 0x7c00, 0xfc00])
    expect([2 ** -25, 2 ** -25 * 1.5, -0].map(float16ToBits)).toEqual([0, 1, 0x8000])
  })
})

describe('bfloat16', () => {
  it('comes back from each of its bit patterns', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = bfloat16FromBits(bits)
      if (!Number.isNaN(value) && bfloat16ToBits(value) !== bits) expect(bfloat16ToBits(value)).toBe(bits)
    }
    expect(Number.isNaN(bfloat16FromBits(bfloat16ToBits(Number.NaN)))).toBe(true)
  })

  it('rounds half-way to even', () => {
    expect([1 + 2 ** -8, 1 + 3 * 2 ** -8].map((value) => bfloat16FromBits(bfloat16ToBits(value)))).toEqual([
      1,
      1 + 2 ** -6,
    ])
  })
})
