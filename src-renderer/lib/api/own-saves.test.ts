import { expect, it } from 'vitest'
import { staleKeys } from './live.ts'
import { expectEvent, isOwn } from './own-saves.ts'

// Protects a window from asking twice after its own saves, and from missing what others change.

const at = (milliseconds: number) => new Date(milliseconds).toISOString()
const updated = (UUID: string, time: number) => ({ Kind: 'function.updated' as const, UUID, At: at(time) })

it('takes one event for each save as its own', () => {
  expectEvent({ Name: 'b' }, { UUID: 'a', UpdatedAt: at(1_000) })
  expect(isOwn(updated('other', 1_000))).toBe(false)
  expect(isOwn(updated('a', 5_000))).toBe(false)
  expect(isOwn(updated('a', 1_002))).toBe(true)
  expect(isOwn(updated('a', 1_002))).toBe(false)
})

it('asks for everything where a save reaches catalogues or custom fields', () => {
  expectEvent({ Name: 'b', Catalogues: [] }, { UUID: 'a', UpdatedAt: at(1_000) })
  expect(isOwn(updated('a', 1_000))).toBe(false)
})

it('asks for lists, counts and the history after an own save, and for no list twice', () => {
  const own = [updated('a', 1_000)]
  const lists = [
    ['functions', 'page'],
    ['functions', 'count'],
  ]
  const history = ['function', 'a', 'history']
  expect(staleKeys([], own)).toEqual([...lists, history])
  expect(staleKeys([{ Kind: 'job.changed', UUID: 'j' }], own)).toEqual([...lists, history, ['jobs']])
  expect(staleKeys([updated('b', 1_000)], own)).toEqual([['functions'], ['catalogues'], ['function', 'b'], history])
})
