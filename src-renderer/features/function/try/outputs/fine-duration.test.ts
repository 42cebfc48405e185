import { expect, it } from 'vitest'
import { fineDuration } from './fine-duration.ts'

it('tells times below a millisecond, which would all be 0 ms', () => {
  expect([0.0004, 0.084, 0.9996, 1.25, 84].map(fineDuration)).toEqual(['0 µs', '84 µs', '1000 µs', '1.3 ms', '84 ms'])
})
