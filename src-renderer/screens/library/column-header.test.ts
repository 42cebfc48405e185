import { describe, expect, it } from 'vitest'
import { fieldTerm } from '../../../src-contract/order-terms.ts'
import { directionOf, nextOrder } from './column-header.tsx'

describe('sorting by columns', () => {
  it('begins with A for names and with the newest for dates, and turns over', () => {
    expect(nextOrder(undefined, 'Name', false)).toBe('Name')
    expect(nextOrder('Name', 'Name', false)).toBe('-Name')
    expect(nextOrder(undefined, 'UpdatedAt', false)).toBe('-UpdatedAt')
  })

  it('adds a field whose name has a comma in it, and turns it over', () => {
    const column = fieldTerm('accuracy, top-1')
    const order = nextOrder('Field.stage', column, true)
    expect(directionOf(order, column)).toBe('ascending')
    expect(nextOrder(order, column, true)).toBe(`Field.stage,-${column}`)
  })

  it('adds a column behind the others, and turns one over where it stands', () => {
    expect(nextOrder('Name', 'UpdatedAt', true)).toBe('Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', true)).toBe('-Name,-UpdatedAt')
    expect(nextOrder('Name,-UpdatedAt', 'Name', false)).toBe('-Name')
  })
})
