import { expect, it } from 'vitest'
import { catalogueChoices } from './catalogue-choices.ts'

const names = (...all: string[]) => all.map((Name) => ({ Name }))
const found = (text: string) =>
  catalogueChoices(names('vision', 'Super Vision', 'Vision', 'Visionary', 'Audio'), text).map(({ Name }) => Name)

it('means the catalogue whose name was typed, not one that merely contains it', () => {
  expect(found('Vision')).toEqual(['Vision', 'vision', 'Visionary', 'Super Vision'])
  expect(found('vision')[0]).toBe('vision')
})

it('goes by the alphabet where nothing was typed', () => {
  expect(found('')).toEqual(['Audio', 'Super Vision', 'vision', 'Vision', 'Visionary'])
})
