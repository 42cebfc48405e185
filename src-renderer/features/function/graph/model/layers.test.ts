import { describe, expect, it } from 'vitest'
import { layersOf } from './layers.ts'

const layers = (ids: string, arrows: string[]) =>
  Object.fromEntries(
    layersOf(
      [...ids].map((id) => ({ id })),
      arrows.map(([from = '', to = '']) => ({ from, to })),
    ),
  )

describe('layers', () => {
  it('puts a box below the longest way to it, though a short one was seen first', () => {
    expect(layers('abcde', ['ab', 'bc', 'cd', 'ed'])).toEqual({ a: 0, b: 1, c: 2, d: 3, e: 0 })
  })

  it('cuts a cycle and still gives every box a layer', () => {
    expect(Object.keys(layers('abc', ['ab', 'bc', 'cb'])).sort()).toEqual(['a', 'b', 'c'])
  })
})
