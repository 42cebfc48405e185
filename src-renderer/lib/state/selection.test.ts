import { beforeEach, expect, it } from 'vitest'
import { clearSelection, letGo, pickAll, pickedCount, pickOnly, selection, togglePicked } from './selection.ts'

beforeEach(clearSelection)

it('counts no model that was deleted elsewhere while it was picked', () => {
  pickOnly(['a', 'b', 'c'])
  letGo('b')
  expect([...selection.getState().uuids]).toEqual(['a', 'c'])
  expect(pickedCount(selection.getState(), 2)).toBe(2)
})

it('counts all others of a list right, of which the one that was left out has gone', () => {
  pickAll()
  togglePicked('a')
  letGo('a')
  expect(pickedCount(selection.getState(), 9)).toBe(9)
})

it('stays the same object where the model was not picked: nothing is drawn anew', () => {
  pickOnly(['a'])
  const before = selection.getState()
  letGo('x')
  expect(selection.getState()).toBe(before)
})
