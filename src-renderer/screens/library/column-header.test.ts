import { describe, expect, it } from 'vitest'
import { nextOrder } from './column-header.tsx'

describe('sorting by columns', () => {
  it('begins with A for names and with the newest for dates, and turns over', () => {
    expect(nextOrder(undefined, 'Name', false)).toBe('Name')
    expect(nextOrder('Name', 'Name', false)).toBe('-Name')
    expect(nextOrder(undefined, 'UpdatedAt', false)).toBe('-UpdatedAt')
  })

  it('adds a column behind the others, and turns one over where it stands', () => {
    expect(nextOrder('Name', 'UpdatedAt', true)).toBe('Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', true)).toBe('-Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', false)).toBe('-Name')
  })
})
