import { expect, it } from 'vitest'
import { measuredOn } from './benchmark.ts'

it('says on what a model was measured', () => {
  expect(measuredOn({})).toBe('without inputs')
  expect(measuredOn({ x: 'random', y: 'random' })).toBe('on random values')
  expect(measuredOn({ x: 'given' })).toBe('on the given values')
  expect(measuredOn({ x: 'given', mask: 'random', y: 'zeros' })).toBe(
    'on the given values of x; random values of mask; zeros of y',
  )
})
