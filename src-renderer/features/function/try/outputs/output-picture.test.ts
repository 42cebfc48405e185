import { describe, expect, it } from 'vitest'
import { pictureLayout, picturePixels } from './output-picture.ts'

describe('seeing an output as a picture', () => {
  it('knows pictures by their shapes, and takes scores and sequences for none', () => {
    expect(pictureLayout([1, 3, 64, 48])).toEqual({ width: 48, height: 64, channels: 3, order: 'first' })
    expect(pictureLayout([2, 64, 48, 1])).toEqual({ width: 48, height: 64, channels: 1, order: 'last' })
    expect(pictureLayout([32, 32])).toEqual({ width: 32, height: 32, channels: 1, order: 'first' })
    for (const shape of [[1, 1000], [1, 5, 64, 64], [0, 3, 64, 64], [], [1, 3, 4, 4], [1, 2, 3, 4, 5]])
      expect(pictureLayout(shape)).toBeNull()
  })

  it('stretches values from black to white, channels where they belong, and draws what is no number black', () => {
    const layout = { width: 2, height: 1, channels: 3, order: 'first' } as const
    // Red of both pixels, then green, then blue.
    expect([...picturePixels([-1, 1, 0, Number.NaN, 1, -1], layout)]).toEqual([0, 128, 255, 255, 255, 0, 0, 255])
    expect([...picturePixels([5, 5], { ...layout, channels: 1, order: 'last' })].slice(0, 4)).toEqual([0, 0, 0, 255])
  })
})
