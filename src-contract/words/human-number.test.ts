import { describe, expect, it } from 'vitest'
import { groupedNumber, shortBytes, shortCount } from './human-number.ts'

describe('numbers for people', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [2_327_524, '2.3 MB'],
    [1_900_000_000, '1.9 GB'],
  ])('shortens %i bytes to %s', (bytes, text) => expect(shortBytes(bytes)).toBe(text))

  it('shortens and groups counts', () => {
    expect(shortCount(545_601)).toBe('546 k')
    expect(shortCount(2_690_312)).toBe('2.7 M')
    expect(groupedNumber(2_690_312)).toBe('2,690,312')
    expect(groupedNumber(12)).toBe('12')
  })
})
