import { expect, test } from 'vitest'
import { numberOf, readFieldFilter } from './field-filter.ts'

test.each([
  ['0.9-', { minimum: 0.9, maximum: null }],
  ['-0.9', { minimum: null, maximum: 0.9 }],
  ['0.8-0.9', { minimum: 0.8, maximum: 0.9 }],
  ['0.9', { minimum: 0.9, maximum: 0.9 }],
  ['1e-3', { minimum: 1e-3, maximum: 1e-3 }],
  ['1e-3-2e2', { minimum: 1e-3, maximum: 200 }],
  ['--0.5', { minimum: null, maximum: -0.5 }],
  ['-2--1', { minimum: -2, maximum: -1 }],
  ['-2-', { minimum: -2, maximum: null }],
  ['.9-', { minimum: 0.9, maximum: null }],
  ['0.8 - .9', { minimum: 0.8, maximum: 0.9 }],
  ['-', null],
  ['', null],
  ['ICDAR 2015', null],
  ['1-2-3', null],
])('Field.x=%s', (text, range) => expect(readFieldFilter('x', text)).toEqual({ name: 'x', range, text }))

test.each(['>0.9', '=>0.9', '<= 5', '=1'])('the comparison %s is no filter', (text) =>
  expect(readFieldFilter('x', text)).toBeNull(),
)

test.each([
  ['1.10', 1.1],
  ['+1', 1],
  ['007', 7],
  ['1e3', 1000],
  ['1e999', Number.NaN],
  ['', Number.NaN],
  ['v1', Number.NaN],
])('the text %j reads as %d', (text, number) => expect(numberOf(text)).toBe(number))
