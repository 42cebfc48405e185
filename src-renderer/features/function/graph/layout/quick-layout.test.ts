import { describe, expect, it } from 'vitest'
import type { Picture } from '../model/picture.ts'
import { scope as scopeOf } from '../testing/small-graph.ts'
import { quickLayout } from './quick-layout.ts'

const scope = scopeOf([], [], [])

describe('the quick layout', () => {
  it('puts each box below all that it needs, and gives every box of a cycle a place', () => {
    const ids = ['a', 'b', 'c', 'd']
    const picture: Picture = {
      boxes: ids.map((id) => ({ kind: 'input', id, value: id })),
      arrows: [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
        ['d', 'd'],
      ].map(([from = '', to = '']) => ({ id: `${from}${to}`, from, to, value: '', count: 1 })),
      taps: new Map(),
      boxOfNode: new Map(),
      symbols: new Map(),
    }
    const { places } = quickLayout(picture, scope)
    const y = (id: string) => places.get(id)?.y ?? Number.NaN
    expect(y('b')).toBeGreaterThan(y('a'))
    expect(y('c')).toBeGreaterThan(y('b'))
    expect(places.size).toBe(4)
  })
})
