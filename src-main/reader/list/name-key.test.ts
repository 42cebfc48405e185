import { expect, test } from 'vitest'
import { nameKey } from './name-key.ts'

test('names stand as a person would put them', () => {
  const names = ['model 10', 'Model 2', 'model 2b', 'école', 'model 002', 'Zebra', 'ecole 1', 'model', '10', '9', '0']
  const order = [...names].sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : nameKey(a) > nameKey(b) ? 1 : 0))
  expect(order).toEqual([
    '0',
    '9',
    '10',
    'école',
    'ecole 1',
    'model',
    'Model 2',
    'model 002',
    'model 2b',
    'model 10',
    'Zebra',
  ])
})
