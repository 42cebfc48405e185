import { beforeEach, describe, expect, it, vi } from 'vitest'

// A window keeps its layout in the browser's storage, which a test has not.
vi.hoisted(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})

import { layout } from './layout.ts'
import { removeView, renameView, saveView, updateView, viewState } from './saved-views.ts'

const names = () => layout.getState().views.map(({ name }) => name)
const idOf = (name: string) => layout.getState().views.find((view) => view.name === name)?.id ?? ''
const stateOf = (search: Record<string, string>, opened: string) => {
  const { is, from } = viewState(search, layout.getState().views, idOf(opened))
  return { is: is?.name, from: from?.name }
}

beforeEach(() => {
  layout.setState({ views: [] })
  saveView('Big', { Size: '2000000-' })
  saveView('Broken', { Attention: 'true' })
})

describe('saved views', () => {
  it('are not offered to be saved again, whatever the order of their filters and with the usual order named', () => {
    saveView('Big and broken', { Size: '2000000-', Runs: 'false' })
    expect(stateOf({ Runs: 'false', Size: '2000000-', OrderBy: '-UpdatedAt' }, '')).toEqual({ is: 'Big and broken' })
  })

  it('can be made what they were changed to, as long as something of them is shown', () => {
    expect(stateOf({ Size: '2000000-', Runs: 'false' }, 'Big')).toEqual({ from: 'Big' })
    expect(stateOf({ Size: '5000000-' }, 'Big')).toEqual({ from: 'Big' })
    expect(stateOf({ Runs: 'false' }, 'Big')).toEqual({})
    expect(stateOf({ Attention: 'true' }, 'Big')).toEqual({ is: 'Broken' })
    updateView(idOf('Big'), { Size: '5000000-' })
    expect(stateOf({ Size: '5000000-' }, '')).toEqual({ is: 'Big' })
  })

  it('keep their place when they are saved again, renamed, or brought back', () => {
    saveView('Big', { Size: '3000000-' })
    renameView(idOf('Big'), 'Large')
    expect(names()).toEqual(['Large', 'Broken'])
    const bringBack = removeView(idOf('Large'))
    expect(names()).toEqual(['Broken'])
    bringBack()
    expect(names()).toEqual(['Large', 'Broken'])
  })

  it('do not take the name of another', () => {
    expect(() => renameView(idOf('Big'), 'Broken')).toThrow('A view named Broken already exists.')
    expect(names()).toEqual(['Big', 'Broken'])
    const bringBack = removeView(idOf('Broken'))
    saveView('Broken', { Runs: 'false' })
    expect(bringBack).toThrow('A view named Broken already exists.')
    expect(names()).toEqual(['Big', 'Broken'])
  })
})
