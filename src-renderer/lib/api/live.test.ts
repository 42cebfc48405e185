import { describe, expect, it } from 'vitest'
import { staleKeys } from './live.ts'

describe('what events make stale', () => {
  it('is asked for once, however many events say so', () => {
    const events = Array.from({ length: 500 }, (_, index) => ({
      Kind: 'function.created' as const,
      UUID: `uuid ${index}`,
    }))
    expect(staleKeys(events)).toEqual([['functions'], ['catalogues'], ['function']])
  })

  it('is no more than what changed', () => {
    expect(staleKeys([{ Kind: 'job.changed', UUID: 'a' }])).toEqual([['jobs']])
    expect(staleKeys([{ Kind: 'function.checked', UUID: 'a' }])).toEqual([
      ['functions'],
      ['catalogues'],
      ['function', 'a'],
    ])
    expect(staleKeys([{ Kind: 'cabinet.changed', UUID: null }])).toEqual([[]])
  })
})
