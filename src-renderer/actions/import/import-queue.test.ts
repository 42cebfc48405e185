import { describe, expect, it } from 'vitest'
import { type ImportItem, outcomeWords, progressOf } from './import-queue.ts'

const item = (state: ImportItem['state'], more: Partial<ImportItem> = {}): ImportItem => ({
  id: state,
  name: 'a.onnx',
  source: '/a.onnx',
  catalogue: undefined,
  state,
  done: 0,
  total: 0,
  message: '',
  ...more,
})

describe('the import queue', () => {
  it('counts a file of unknown size as not begun, never as a division by zero', () => {
    expect(progressOf([item('running')])).toEqual({ over: 0, count: 1, share: 0 })
    expect(progressOf([])).toEqual({ over: 0, count: 0, share: 1 })
  })

  it('counts refused files as over', () => {
    expect(progressOf([item('refused'), item('running', { done: 5, total: 10 })])).toEqual({
      over: 1,
      count: 2,
      share: 0.75,
    })
  })

  it('sums up in words', () => {
    expect(outcomeWords([item('imported'), item('imported'), item('present'), item('refused')])).toBe(
      '2 imported, 1 already here, 1 refused',
    )
    expect(outcomeWords(Array.from({ length: 1_492 }, () => item('imported')))).toBe('1,492 imported')
  })
})
