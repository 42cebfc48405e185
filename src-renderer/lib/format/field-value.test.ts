import { describe, expect, it } from 'vitest'
import { fieldValue } from './field-value.ts'

describe('what was typed into an own field', () => {
  it('stays a text where a number would lose something of it', () => {
    expect(fieldValue('007')).toBe('007')
    expect(fieldValue('1e999')).toBe('1e999')
    expect(fieldValue('2026-10-02/17')).toBe('2026-10-02/17')
  })

  it('is a number or a yes or no where it reads like one', () => {
    expect(fieldValue(' 0.912 ')).toBe(0.912)
    expect(fieldValue('-3')).toBe(-3)
    expect(fieldValue('true')).toBe(true)
  })
})
