import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import { bytesOf, pictureShape, pixelsToTensor } from './image-tensor.ts'

const input = (Shape: GraphValue['Shape'], ElementType: GraphValue['ElementType'] = 'float'): GraphValue => ({
  Name: 'x',
  Kind: 'tensor',
  ElementType,
  Type: '',
  Shape,
  Initialized: false,
  Documentation: '',
  Option: null,
  Labels: [],
})

describe('a picture as an input', () => {
  it('is not offered where no picture fits', () => {
    expect(pictureShape(input([1, 7, 8, 8]), {})).toBeNull()
    expect(pictureShape(input(['N', 3]), {})).toBeNull()
    expect(pictureShape(input([1, 3, 8, 8], 'int64'), {})).toBeNull()
  })

  it('takes sizes from the model, then from the driver', () => {
    expect(pictureShape(input(['N', 3, 48, 'W']), { width: 320, means: [127.5], vars: [127.5] })).toMatchObject({
      width: 320,
      height: 48,
      channels: 3,
      order: 'NCHW',
      means: [127.5],
    })
    expect(pictureShape(input([1, 10, 12, 3]), {})).toMatchObject({ width: 12, height: 10, order: 'NHWC' })
  })

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
