import { describe, expect, it } from 'vitest'
import { siblingWords } from './model-picker.tsx'

describe('the words that find siblings of a model', () => {
  it('leave versions out', () => {
    expect(siblingWords('silero_vad_v5')).toBe('silero vad')
    expect(siblingWords('resnet-50 (2023).final')).toBe('resnet final')
  })

  it('may be none', () => {
    expect(siblingWords('v2')).toBe('')
  })
})
