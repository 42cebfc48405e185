import { describe, expect, it } from 'vitest'
import { histogram } from './histogram.ts'

describe('a histogram of times', () => {
  it('loses none, slow or equal', () => {
    const sum = (times: number[]) => histogram(times, 10).reduce((total, { count }) => total + count, 0)
    expect(sum([1, 1, 1])).toBe(3)
    expect(sum([1, 2, 3, 500])).toBe(4)
    expect(histogram([], 10)).toEqual([])
  })
})
