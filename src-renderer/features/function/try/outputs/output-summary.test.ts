import { describe, expect, it } from 'vitest'
import { summarise } from './output-summary.ts'

describe('summing an output up', () => {
  it('leaves NaN and infinity out of the range, and counts them', () => {
    const { range, notFinite, count } = summarise({
      ElementType: 'float',
      Shape: [4],
      Data: [1, 'NaN', '-Infinity', 3],
    })
    expect({ range, notFinite, count }).toEqual({ range: { minimum: 1, mean: 2, maximum: 3 }, notFinite: 2, count: 4 })
  })

  it('ranks one row of scores, and nothing else', () => {
    expect(summarise({ ElementType: 'float', Shape: [1, 3], Data: [[0.1, 0.7, 0.2]] }).best[0]).toEqual({
      index: 1,
      value: 0.7,
    })
    expect(
      summarise({
        ElementType: 'float',
        Shape: [2, 2],
        Data: [
          [1, 2],
          [3, 4],
        ],
      }).best,
    ).toEqual([])
    // Tokens are no scores.
    expect(summarise({ ElementType: 'int32', Shape: [1, 3], Data: [[9, 438, 20]] }).best).toEqual([])
  })

  it('has no range for texts or for nothing', () => {
    expect(summarise({ ElementType: 'string', Shape: [1], Data: ['5'] }).range).toBeNull()
    expect(summarise({ ElementType: 'float', Shape: [0], Data: [] }).range).toBeNull()
  })
})
