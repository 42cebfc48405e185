import { describe, expect, it } from 'vitest'
import { figureText, shareText } from './figure-text.ts'

describe('the figures of a tensor', () => {
  it('are short, and lose no sign and no word', () => {
    expect([1234, -0.031_415_9, 2.5e-7, -12_345_678.9, 'NaN', '-9223372036854775808', true].map(figureText)).toEqual([
      '1,234',
      '−0.03142',
      '2.50e−7',
      '−1.23e7',
      'NaN',
      '−9223372036854775808',
      'true',
    ])
  })

  it('are told as shares that are neither nothing nor all where they are not', () => {
    expect([shareText(0, 10), shareText(5, 10), shareText(1, 1_000_000), shareText(999_999, 1_000_000)]).toEqual([
      '0',
      '5 (50 %)',
      '1 (under 0.1 %)',
      '999,999 (99.9 %)',
    ])
  })
})
