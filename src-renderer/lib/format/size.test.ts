import { expect, it } from 'vitest'
import { sizeOf, sizeParts } from './size.ts'

// Protects a limit from being another one after it was only looked at.

it.each([
  [2 * 2 ** 30, '2', 'GiB'],
  [640 * 2 ** 20, '640', 'MiB'],
  [1_500_000_000, '1.5', 'GB'],
  [1_000_000_000, '1', 'GB'],
  [1_000_000, '1', 'MB'],
  [1.5 * 2 ** 30, '1.5', 'GiB'],
  [1_234_567, '1.234567', 'MB'],
])('%d bytes are %s %s, and back', (bytes, amount, unit) => {
  expect(sizeParts(bytes)).toEqual({ amount, unit })
  expect(sizeOf(amount, sizeParts(bytes).unit)).toBe(bytes)
})

it('are said in the unit that was chosen, also below one', () => {
  // What was typed into that field last: who types 2 after it means 2 GiB, not 2 MiB.
  expect(sizeParts(sizeOf('0.5', 'GiB'), 'GiB')).toEqual({ amount: '0.5', unit: 'GiB' })
  expect(sizeParts(sizeOf('0.3', 'GiB'), 'GiB')).toEqual({ amount: '0.3', unit: 'GiB' })
  expect(sizeParts(2 ** 30, 'MiB')).toEqual({ amount: '1024', unit: 'MiB' })
  // A size that was set elsewhere, and cannot be said in it without loss.
  expect(sizeParts(1_000_000_002, 'GiB')).toEqual({ amount: '1000.000002', unit: 'MB' })
})

it('reads a comma as a point', () => {
  expect(sizeOf(' 1,5 ', 'GB')).toBe(1_500_000_000)
})

it.each(['', 'much', '-1', '1.2.3', '1e9', '∞', '1 000'])('refuses %j in words', (text) => {
  expect(() => sizeOf(text, 'MB')).toThrow('A size is a number such as 2 or 1.5.')
})
