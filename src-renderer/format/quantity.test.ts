import { describe, expect, it } from 'vitest'
import { bytes, count, duration, plural } from './quantity.ts'

describe('quantities in words', () => {
  it('never says 1000 of a smaller unit', () => {
    expect(bytes(999)).toBe('999 B')
    expect(bytes(999_999)).toBe('1 MB')
    expect(count(999_960)).toBe('1 M')
    expect(duration(999.7)).toBe('1 s')
  })

  it('keeps one digit where it tells something', () => {
    expect(bytes(0)).toBe('0 B')
    expect(bytes(2_327_524)).toBe('2.3 MB')
    expect(bytes(429_632)).toBe('430 kB')
    expect(bytes(110_000_000)).toBe('110 MB')
    expect(count(2_690_312)).toBe('2.7 M')
    expect(count(41)).toBe('41')
    expect(duration(0.42)).toBe('0.4 ms')
    expect(duration(18.2)).toBe('18 ms')
    expect(duration(90_000)).toBe('2 min')
  })

  it('agrees in number', () => {
    expect(plural(1, 'model')).toBe('1 model')
    expect(plural(1284, 'model')).toBe('1,284 models')
    expect(plural(2, 'copy', 'copies')).toBe('2 copies')
  })
})
