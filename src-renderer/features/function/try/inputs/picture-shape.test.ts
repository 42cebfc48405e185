import { describe, expect, it } from 'vitest'
import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import { pictureShape, pictureWords } from './picture-shape.ts'

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

describe('the shape of a picture as an input', () => {
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
})

// Protects whoever compares a result with their own code: what is said must be what pixelsToTensor does.

const shape = { width: 224, height: 160, channels: 3, order: 'NCHW' as const, means: [0], scales: [255] }

it('says what is done to a chosen picture', () => {
  const from = { width: 640, height: 480 }
  expect(pictureWords(from, shape)).toBe('from 640×480, stretched to 224×160, RGB, value ÷ 255')
  const shifted = { ...shape, means: [123.7, 116.3, 103.5], scales: [58.4, 58.4, 58.4] }
  expect(pictureWords(from, shifted)).toBe(
    'from 640×480, stretched to 224×160, RGB, (value − [123.7, 116.3, 103.5]) ÷ 58.4',
  )
})

it('says where nothing is done', () => {
  expect(pictureWords(shape, { ...shape, channels: 1, scales: [1] })).toBe(
    '224×160 as it is, grey, values from 0 to 255',
  )
})
