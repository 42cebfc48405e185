import { describe, expect, it } from 'vitest'
import { duration, groupedNumber, plural, shortBytes, shortCount } from './human-number.ts'

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

  it('never says 1000 of a smaller unit, nor 0 of a larger one', () => {
    expect([0.0004, 0.084, 0.9994, 0.9996, 1.25, 18.2, 999.7, 90_000].map(duration)).toEqual([
      '0 µs',
      '84 µs',
      '999 µs',
      '1 ms',
      '1.3 ms',
      '18 ms',
      '1 s',
      '2 min',
    ])
  })

  it('agrees in number', () => {
    expect(plural(1, 'model')).toBe('1 model')
    expect(plural(1284, 'model')).toBe('1,284 models')
    expect(plural(2, 'copy', 'copies')).toBe('2 copies')
  })
})
