import { describe, expect, it } from 'vitest'
import { timeLeft } from './job-words.ts'

describe('how long a job will take', () => {
  it('is not told where it cannot be known or hardly matters', () => {
    expect(timeLeft({ Done: 1, Total: null, Rate: 5 })).toBe('')
    expect(timeLeft({ Done: 1, Total: 10, Rate: null })).toBe('')
    expect(timeLeft({ Done: 1, Total: 10, Rate: 0 })).toBe('')
    expect(timeLeft({ Done: 9, Total: 10, Rate: 1 })).toBe('')
    expect(timeLeft({ Done: 12, Total: 10, Rate: 1 })).toBe('')
  })

  it('is rounded as people would', () => {
    expect(timeLeft({ Done: 0, Total: 42, Rate: 1 })).toBe('45 s left')
    expect(timeLeft({ Done: 214, Total: 1_000, Rate: 10 })).toBe('2 min left')
    expect(timeLeft({ Done: 0, Total: 7_201, Rate: 1 })).toBe('3 h left')
  })
})
