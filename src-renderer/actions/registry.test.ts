import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MenuCommand, menuActions, menuKeyOf } from '../../src-contract/contract/desktop/menu-actions.ts'
import { tabs } from '../lib/state/function-tabs.ts'
import { type Context, isOffered, labelOf, type Models, noModels, oneModel, type Place } from './action.ts'
import { actionForKey, capsOf, isKey, keySections } from './keys.ts'
import { actionGroups, actions, actionsNow, surfaces } from './registry.ts'

beforeEach(() => {
  vi.stubGlobal('window', { cabinet: {} })
})

const model = (Starred: boolean) =>
  ({ UUID: crypto.randomUUID(), Name: 'edges', Status: 'ok', Runs: true, Starred }) as const

const several = (...known: ReturnType<typeof model>[]): Models => ({ ...noModels, count: known.length, known })

const context = (place: Place, models: Models): Context => ({
  place,
  models,
  leave() {},
  ...(place === 'list' && {
    list: {
      filters: {},
      total: 9,
      capped: false,
      selected: models.count > 1 ? models.count : 0,
      current: { name: 'edges', uuid: async () => undefined },
      catalogue: { UUID: crypto.randomUUID(), Name: 'Vision' },
    },
  }),
  ...(place === 'page' && { page: { tabs, open() {} } }),
  navigate: async () => {},
  back() {},
  forward() {},
  can: () => true,
  setTheme() {},
})

/** What may be chosen when somebody looks for an action or presses a key. */
const contexts: readonly (readonly [string, Context])[] = [
  ['a model’s page', context('page', oneModel(model(false)))],
  ['the page of a starred model', context('page', oneModel(model(true)))],
  ['one model of a list', context('list', oneModel(model(false)))],
  ['two models', context('list', several(model(false), model(true)))],
  ['starred models', context('list', several(model(true), model(true), model(true)))],
  ['a list of no models', context('list', noModels)],
  ['another screen', context('anywhere', noModels)],
]

const duplicates = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at)

describe.each(contexts)('the actions on %s', (_, now) => {
  it('have an id and a label of their own each', () => {
    expect(duplicates(actionsNow(now).map(({ id }) => id))).toEqual([])
    expect(duplicates(actionsNow(now).map((action) => labelOf(action, now)))).toEqual([])
  })

  it('share no key', () => {
    const places: readonly Place[] = [now.place, 'anywhere']
    const keys = actionsNow(now).flatMap(({ keys: own, menuKey }) => [
      ...new Set(places.flatMap((place) => own?.[place] ?? [])),
      ...(menuKey === undefined ? [] : [menuKey]),
    ])
    expect(duplicates(keys.map((key) => key.toLowerCase()))).toEqual([])
  })
})

it('names every key in the key help, and in a browser only those that a browser gives up', () => {
  const [, now] = contexts[0] ?? []
  if (!now) throw new Error('no context')
  const named = () =>
    new Set(
      keySections(actions, now).flatMap(({ lines }) => lines.flatMap(({ keys }) => keys.map((caps) => caps.join('+')))),
    )
  const inApp = named()
  for (const { keys, menuKey } of actions)
    for (const key of [...Object.values(keys ?? {}), menuKey ?? '/']) expect(inApp).toContain(capsOf(key).join('+'))
  vi.stubGlobal('window', {})
  expect(named()).not.toContain('Ctrl+Shift+N')
  expect(inApp).toContain('Ctrl+Shift+N')
})

it('has every action of the native menu, under the label and the key that the menu shows', () => {
  for (const id of MenuCommand.options) {
    const action = actions.find((one) => one.id === id)
    expect(action).toMatchObject({ label: menuActions[id].label })
    const key = menuKeyOf(id, false)
    expect([action?.menuKey, action?.keys?.anywhere]).toContain(key)
  }
})

it('leaves no action out of the palette', () => {
  const inPalette = new Set(
    contexts.flatMap(([, now]) => actionGroups(now).flatMap((group) => group.actions.map(({ id }) => id))),
  )
  const missing = actions.map(({ id }) => id).filter((id) => !inPalette.has(id))
  // No model in these contexts has been read with its downloads.
  expect(missing).toEqual(['download', 'download-folder'])
})

it('has nothing on a surface but these actions', () => {
  for (const surface of Object.values(surfaces)) for (const action of surface) expect(actions).toContain(action)
  // What can be done with a model in the list can be done with many.
  const inBar = [...surfaces.bar, ...surfaces.barMenu, ...surfaces.barDanger]
  expect(surfaces.row.filter((action) => !inBar.some(({ id }) => id === action.id)).map(({ id }) => id)).toEqual([
    'open',
  ])
})

it('offers on a surface what makes sense for the models that are chosen', () => {
  const labels = (surface: keyof typeof surfaces, models: Models) => {
    const now = context('list', models)
    return surfaces[surface].filter((action) => isOffered(action, now)).map((action) => labelOf(action, now))
  }
  expect(labels('bar', several(model(false), model(true), model(true)))).not.toContain('Compare')
  expect(labels('bar', several(model(false), model(true)))).toContain('Compare')
  expect(labels('barDanger', { ...noModels, count: 10_000, capped: true })).toEqual(['Delete more than 10,000 models'])
  expect(labels('barMenu', several(model(false), model(true)))).toEqual(
    expect.arrayContaining(['Star', 'Remove star', 'Remove from Vision']),
  )
  expect(labels('barMenu', several(model(true), model(true)))).not.toContain('Star')
})

describe('a key', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  })

  it('is the one with the same modifiers, whatever the keyboard needs for a sign', () => {
    expect(isKey('Mod+I', press('i', { ctrlKey: true }))).toBe(true)
    expect(isKey('Mod+I', press('i', { metaKey: true }))).toBe(true)
    expect(isKey('Mod+I', press('I', { ctrlKey: true, shiftKey: true }))).toBe(false)
    expect(isKey('S', press('s', { ctrlKey: true }))).toBe(false)
    expect(isKey('?', press('?', { shiftKey: true }))).toBe(true)
    expect(isKey('Space', press(' '))).toBe(true)
  })

  it('means nothing where it is not for the place, or the action makes no sense', () => {
    const list = context('list', several(model(false), model(false)))
    expect(actionForKey(press('Delete'), ['list'], actions, list)?.id).toBe('delete')
    expect(actionForKey(press('Delete'), ['page', 'anywhere'], actionsNow(list), list)).toBeUndefined()
    expect(actionForKey(press('Delete'), ['list'], actions, context('list', noModels))).toBeUndefined()
    const page = context('page', oneModel(model(false)))
    expect(actionForKey(press('2'), ['page', 'anywhere'], actionsNow(page), page)?.id).toBe('tab-signature')
  })
})
