import { expect, it } from 'vitest'
import { fieldValue } from './field-value.ts'

it.each([
  ...[
    '1.10',
    '0.0010',
    '007',
    '+1',
    '-0',
    '.5',
    '1.',
    '1e3',
    '5e10',
    '1E-7',
    '1234e56',
    '1e999',
    '0x10',
    'Infinity',
    'NaN',
  ],
  ...['826459236498345632', '9007199254740993', '0.1234567890123456789', '1_000', '2026-10-02/17'],
])('%s is kept as it was typed into a custom field', (text) => expect(fieldValue(text)).toBe(text))

it.each([' 0.912 ', '-3', '0', '1e-7', '1e+21', '9007199254740991', '0.30000000000000004'])(
  '%j is a number, and written back the same way',
  (text) => {
    const value = fieldValue(text)
    expect(value).toBeTypeOf('number')
    expect(String(value)).toBe(text.trim())
  },
)

it('yes and no are truth values', () => expect([fieldValue('true'), fieldValue('false ')]).toEqual([true, false]))
