import { expect, it } from 'vitest'
import { warmUp } from './warm-up.ts'

it('reads its made-up model without an error, and comes to an end', () => {
  let rounds = 0
  for (const _ of warmUp()) rounds++
  expect(rounds).toBeGreaterThan(10)
})
