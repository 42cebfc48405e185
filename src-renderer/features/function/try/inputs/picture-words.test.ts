import { expect, it } from 'vitest'
import { pictureWords } from './picture-words.ts'

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
