import { describe, expect, it } from 'vitest'
import { duplicatePlace, groupingOf } from './duplicates.ts'

const model = (StructureSha256: string | null, ContentSha256: string | null) => ({ StructureSha256, ContentSha256 })

describe('groups of duplicates', () => {
  it('are those of the digest that the order begins with, and of no other order', () => {
    expect(groupingOf('Structure,File,-UpdatedAt')).toBe('StructureSha256')
    expect(groupingOf('-File')).toBe('ContentSha256')
    expect(groupingOf('-UpdatedAt,Structure')).toBeNull()
    expect(groupingOf(undefined)).toBeNull()
  })

  it('begin where the digest changes, and say what a model shares with the one above', () => {
    const place = (above: Parameters<typeof duplicatePlace>[2]) =>
      duplicatePlace('StructureSha256', model('s', 'f'), above)
    expect(place(null)).toBe('first')
    expect(place(model('t', 'g'))).toBe('first')
    expect(place(model('s', 'g'))).toBe('same structure')
    expect(place(model('s', 'f'))).toBe('same bytes')
    expect(duplicatePlace('ContentSha256', model('s', 'f'), model('s', 'g'))).toBe('first')
  })

  it('hold no model without a digest, and wait for the row above', () => {
    expect(duplicatePlace('StructureSha256', model(null, null), model(null, null))).toBe('first')
    expect(duplicatePlace('StructureSha256', model('s', 'f'), undefined)).toBeUndefined()
  })
})
