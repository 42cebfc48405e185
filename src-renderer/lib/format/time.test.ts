import { describe, expect, it } from 'vitest'
import { ago } from './time.ts'

describe('how long ago', () => {
  const now = new Date('2026-11-20T12:00:00Z')

  it('says now for a clock that runs ahead', () => {
    expect(ago('2026-11-20T12:03:00Z', now)).toBe('now')
  })

  it('goes from minutes to days to dates', () => {
    expect(ago('2026-11-20T11:55:00Z', now)).toBe('5 min')
    expect(ago('2026-11-20T09:30:00Z', now)).toBe('2 h')
    expect(ago('2026-11-17T09:30:00Z', now)).toBe('3 d')
    expect(ago('2026-09-10T09:30:00Z', now)).toBe('10 Sept')
    expect(ago('2025-09-10T09:30:00Z', now)).toBe('Sept 2025')
  })
})
