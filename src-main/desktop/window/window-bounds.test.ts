import { expect, it } from 'vitest'
import { boundsOf } from './window-bounds.ts'

// Protects the window: whatever lies in the data folder, it opens where a person sees and can move it.

const screens = [
  { x: 0, y: 25, width: 1920, height: 1055 },
  { x: -1280, y: 0, width: 1280, height: 1024 },
]
const usual = { bounds: { width: 1280, height: 800 }, maximized: false }
const state = { x: 60, y: 50, width: 900, height: 640, maximized: false }
const opens = (content: unknown) => boundsOf(JSON.stringify(content), screens)

it('opens where it was, on any screen', () => {
  const { maximized, ...bounds } = state
  expect(opens(state)).toEqual({ bounds, maximized })
  expect(opens({ ...state, x: -1000, maximized: true })).toEqual({ bounds: { ...bounds, x: -1000 }, maximized: true })
})

it('opens in the usual place where nothing sensible is written down', () => {
  for (const text of ['', '{', 'null', '[]', '7', '"text"']) expect(boundsOf(text, screens)).toEqual(usual)
  for (const key of ['x', 'y', 'width', 'height'])
    for (const value of [undefined, null, '60', 0.5, {}, 1e300, 2 ** 31, -40_000])
      expect(opens({ ...state, [key]: value })).toEqual(usual)
  for (const key of ['width', 'height'])
    for (const value of [0, -1]) expect(opens({ ...state, [key]: value })).toEqual(usual)
  expect(opens({ ...state, maximized: 'yes' })).toMatchObject({ maximized: false })
})

it('opens in the usual place where nobody could reach it', () => {
  for (const away of [{ x: 1900 }, { x: -2200 }, { y: -1 }, { y: 1079 }])
    expect(opens({ ...state, ...away })).toEqual(usual)
  expect(boundsOf(JSON.stringify(state), [])).toEqual(usual)
})
