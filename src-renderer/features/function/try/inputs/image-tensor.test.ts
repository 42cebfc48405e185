import { describe, expect, it } from 'vitest'
import { bytesOf, pixelsToTensor } from './image-tensor.ts'

describe('a picture as an input', () => {
  it('lays colours out by plane or by pixel', () => {
    const pixels = Uint8ClampedArray.of(255, 0, 51, 255, 0, 255, 102, 255)
    const shape = { width: 2, height: 1, channels: 3, means: [0], scales: [255] }
    const rounded = (order: 'NCHW' | 'NHWC') =>
      [...pixelsToTensor(pixels, { ...shape, order })].map((one) => Number(one.toFixed(1)))
    expect(rounded('NCHW')).toEqual([1, 0, 0, 1, 0.2, 0.4])
    expect(rounded('NHWC')).toEqual([1, 0, 0.2, 0, 1, 0.4])
  })

  it('keeps bytes within their range', () => {
    expect([...bytesOf(Float32Array.of(-20, 0.6, 255.4, 300))]).toEqual([0, 1, 255, 255])
  })
})
