import { expect, it } from 'vitest'
import { offeredFields } from './offered-fields.ts'

const field = (Name: string, Count = 1) => ({ Name, Count })

it('offers every field in use by name, and a chosen one that no model has any more', () => {
  const { all, shown, more } = offeredFields([field('stage', 3), field('Accuracy', 2)], ['gone', 'stage'], '')
  expect(shown).toEqual([
    { Name: 'Accuracy', Count: 2, chosen: false },
    { Name: 'gone', Count: 0, chosen: true },
    { Name: 'stage', Count: 3, chosen: true },
  ])
  expect([all, more]).toEqual([3, 0])
})

it('of thousands draws the chosen ones and some more, says how many are left, and finds any by a part of its name', () => {
  const names = Array.from({ length: 5_000 }, (_, number) => field(`field ${String(number).padStart(4, '0')}`))
  const { shown, more } = offeredFields(names, ['field 4999'], '')
  expect(shown[0]).toMatchObject({ Name: 'field 4999', chosen: true })
  expect(shown.length).toBeLessThanOrEqual(200)
  expect(shown.length + more).toBe(5_000)
  expect(offeredFields(names, [], ' FIELD 417').shown.map(({ Name }) => Name)).toEqual(
    Array.from({ length: 10 }, (_, digit) => `field 417${digit}`),
  )
  expect(offeredFields(names, [], 'nothing like it')).toMatchObject({ all: 5_000, shown: [], more: 0 })
})
