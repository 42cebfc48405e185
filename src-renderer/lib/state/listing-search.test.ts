import { describe, expect, it } from 'vitest'
import { filtersOf, placeOf, places, readListingSearch } from './listing-search.ts'

describe('the address of a list', () => {
  it('drops what the API would refuse', () => {
    expect(
      readListingSearch({
        Size: 'big',
        Status: 'broken',
        Nonsense: '1',
        'Not.Size': 'big',
        'Field.a': '>1',
        Offset: '5',
        q: '',
        Runs: 'false',
      }),
    ).toEqual({
      Runs: 'false',
    })
  })

  it('keeps filters, own fields and the order', () => {
    const filters = {
      Size: '-200',
      'Field.accuracy': '0.9-',
      'Not.Status': 'ok',
      'Has.Alias': 'false',
      UpdatedSince: '7d',
    }
    const search = { q: 'vad', ...filters, OrderBy: 'Name,-UpdatedAt' }
    expect(readListingSearch(search)).toEqual(search)
  })

  it('leaves the order of a search to the ranking', () => {
    expect(filtersOf({ q: 'vad' })).toEqual({ q: 'vad' })
    expect(filtersOf({})).toEqual({ OrderBy: '-UpdatedAt' })
    expect(filtersOf({ Duplicates: 'any' })).toMatchObject({ OrderBy: 'Structure,File,-UpdatedAt' })
    expect(filtersOf({ Duplicates: 'bytes' })).toMatchObject({ OrderBy: 'File,-UpdatedAt' })
  })

  it('counts duplicates of both kinds as duplicates', () => {
    expect(places.find(({ id }) => id === 'duplicates')?.search).toEqual({ Duplicates: 'any' })
  })

  it('knows the place it shows', () => {
    expect(placeOf({})).toBe('all')
    expect(placeOf({ Starred: 'true', q: 'x' })).toBe('starred')
    expect(placeOf({ Starred: 'false' })).toBe('all')
    for (const kind of ['any', 'bytes', 'structure']) expect(placeOf({ Duplicates: kind })).toBe('duplicates')
    expect(placeOf({ Catalogue: '00000000-0000-0000-0000-000000000000' })).toBe('uncatalogued')
    expect(placeOf({ Catalogue: '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10' })).toBe('14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10')
  })
})
