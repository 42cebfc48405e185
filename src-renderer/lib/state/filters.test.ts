import { describe, expect, it } from 'vitest'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'
import { chipWords, filterDefinitions, rangeTexts, rangeValue } from './filters.ts'

const words = (name: string, value: string) => chipWords(name, value, () => 'Vision').join(' ')

describe('filters', () => {
  it('are all parameters of the API, and their choices are values it takes', () => {
    const sample = { catalogue: NIL_UUID, range: '1-', text: 'a', since: '7d', has: 'true', field: 'a' }
    const ending: Record<string, string> = { 'Has.': 'Has.Alias', 'Field.': 'Field.a' }
    for (const filter of filterDefinitions) {
      const name = ending[filter.name] ?? filter.name
      const values = filter.kind === 'choice' ? filter.choices.map(({ value }) => value) : [sample[filter.kind]]
      const names = filter.name === 'Not.q' ? [name] : [name, `Not.${name}`]
      for (const one of names)
        for (const value of values)
          expect(FunctionListing.safeParse({ [one]: value }).success, `${one}=${value}`).toBe(true)
    }
  })

  it('read as a sentence', () => {
    expect(words('Size', '-200000000')).toBe('Size up to 200 MB')
    expect(words('Width', '200-640')).toBe('Width 200 px to 640 px')
    expect(words('RunsFailure', 'operator')).toBe('Does not run because of a missing operator')
    expect(words('Opset', '14')).toBe('Opset 14')
    expect(words('Field.accuracy', '0.9-')).toBe('accuracy from 0.9')
    expect(words('InputProperty', 'image')).toBe('Input is Image')
    expect(words('Catalogue', '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10')).toBe('Catalogue Vision')
    expect(words('SameBytesAs', '14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10')).toBe('Same bytes as Vision')
    expect(words('Not.Status', 'downloading')).toBe('Status not downloading')
    expect(words('Not.Field.stage', 'draft')).toBe('stage not draft')
    expect(words('Not.Starred', 'true')).toBe('Starred no')
    expect(words('Not.q', 'draft')).toBe('Without the words draft')
    expect(words('Has.Documentation', 'false')).toBe('Has no documentation')
    expect(words('Has.Field.accuracy', 'true')).toBe('Has accuracy')
    expect(words('InsertedSince', '7d')).toBe('Added in the last 7 days')
    expect(words('Not.UpdatedSince', '2w')).toBe('Changed more than 2 weeks ago')
    expect(words('Not.UpdatedSince', new Date(2026, 0, 31).toISOString())).toBe('Changed before 31 Jan 2026')
    expect(chipWords('Starred', 'true', () => undefined)).toEqual(['Starred', ''])
    expect(words('Catalogue', '00000000-0000-0000-0000-000000000000')).toBe('Catalogue none')
  })

  it('say a range in the words of the API', () => {
    expect(rangeValue('', '200', 1_000_000)).toBe('-200000000')
    expect(rangeValue('8.2', '16.1', 1_000_000)).toBe('8200000-16100000')
    expect(rangeValue('1', '', 1)).toBe('1-')
    expect(rangeValue('5', '5', 1)).toBe('5')
    expect(rangeValue('', ' ', 1)).toBeNull()
    expect(rangeValue('x', '', 1)).toBeNull()
    expect(rangeValue('13', '9', 1)).toBeNull()
  })

  it('give a range back as it was typed', () => {
    for (const [from, to] of [
      ['', '200'],
      ['0.5', ''],
      ['5', '5'],
      ['1', '2'],
    ] as const)
      expect(rangeTexts(rangeValue(from, to, 1_000_000) ?? '', 1_000_000)).toEqual([from, to])
    expect(rangeTexts('big', 1)).toEqual(['', ''])
  })
})
