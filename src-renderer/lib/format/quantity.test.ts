import { describe, expect, it } from 'vitest'
import { duration, plural } from './quantity.ts'

describe('quantities in words', () => {
  it('never says 1000 of a smaller unit', () => {
    expect(duration(999.7)).toBe('1 s')
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
