import { expect, it } from 'vitest'
import { OrderBy } from './listing.ts'
import { fieldOfTerm, fieldTerm, orderTerms } from './order-terms.ts'

it('sorts by a field whose name has a comma or a backslash in it, beside others', () => {
  for (const name of ['accuracy, top-1', 'C:\\models', 'a\\,b', 'plain', '日本, 語']) {
    const order = `-${fieldTerm(name)},Name`
    expect(orderTerms(order)).toEqual([`-${fieldTerm(name)}`, 'Name'])
    expect(fieldOfTerm(fieldTerm(name))).toBe(name)
    expect(OrderBy.parse(order)).toEqual([
      { column: `Field.${name}`, descending: true },
      { column: 'Name', descending: false },
    ])
  }
})

it('still refuses what is no column, and an order without terms', () => {
  expect(OrderBy.safeParse('Name,colour').error?.message).toContain('colour')
  expect(OrderBy.safeParse('').success).toBe(false)
  expect(OrderBy.safeParse('Name,').success).toBe(false)
  expect(OrderBy.safeParse('Field.').success).toBe(false)
})
