import { describe, expect, it } from 'vitest'
import { choiceOf, fewOf, type Matches, targetWords } from './targets.ts'

const matches = (change: Partial<Matches>): Matches => ({
  query: {},
  except: [],
  count: 100_000,
  capped: false,
  ...change,
})

describe('targets', () => {
  it('say how many they are, and where nobody counted them all', () => {
    expect(targetWords(['14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10'])).toBe('1 model')
    expect(targetWords(matches({}))).toBe('100,000 models')
    expect(targetWords(matches({ count: 10_000, capped: true }))).toBe('more than 10,000 models')
  })

  it('are left to a job where they are many, without asking for them one by one', async () => {
    expect(await fewOf(matches({}))).toBeNull()
    expect(await fewOf(Array.from({ length: 41 }, () => 'x'))).toBeNull()
    expect(await fewOf(['x'])).toEqual(['x'])
  })

  it('go to the cabinet by the filter alone where a whole list is meant, and one by one where they were picked so', () => {
    const chosen = choiceOf(matches({ query: { q: 'net', OrderBy: 'Name' }, except: ['x'] }))
    expect(chosen).toEqual({ Filter: { q: 'net' }, Except: { Functions: ['x'] } })
    const many = Array.from({ length: 2_000 }, (_, at) => String(at))
    expect(choiceOf(many)).toEqual({ Functions: many })
  })
})
