import { type Action, type Context, isOffered, labelOf, type Place } from './action.ts'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a key such as `Mod+Shift+N` was pressed. Whether a sign or a digit needs Shift is up to the keyboard. */
export function isKey(key: string, press: Press): boolean {
  const parts = key.split('+')
  const last = parts.at(-1) ?? ''
  const takesShift = last.length > 1 || /[A-Z]/.test(last)
  return (
    (press.key === ' ' ? 'Space' : press.key).toLowerCase() === last.toLowerCase() &&
    (press.ctrlKey || press.metaKey) === parts.includes('Mod') &&
    press.altKey === parts.includes('Alt') &&
    (!takesShift || press.shiftKey === parts.includes('Shift'))
  )
}

/** The action that a key means in one of the places. */
export function actionForKey(
  press: Press,
  places: readonly Place[],
  actions: readonly Action[],
  context: Context,
): Action | undefined {
  return actions.find(
    (action) =>
      places.some((place) => {
        const key = action.keys?.[place]
        return key !== undefined && isKey(key, press)
      }) && isOffered(action, context),
  )
}

export const isMac = (): boolean => /mac/i.test(navigator.userAgent)

const names: Record<string, string> = {
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** The caps of a key as this system writes them. */
export const capsOf = (key: string): string[] =>
  key.split('+').map((part) => (part === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : (names[part] ?? part)))

/** The key that only the native menu takes, where there is one. */
const menuKeyHere = ({ menuKey }: Action): string | undefined => (window.cabinet ? menuKey : undefined)

/** The key to show with an action. */
export const shownKey = (action: Action, { place }: Context): string | undefined =>
  action.keys?.[place] ?? action.keys?.anywhere ?? menuKeyHere(action)

/** A line of the key help. */
export type KeyLine = { label: string; keys: readonly (readonly string[])[] }

/** Keys that move and drag rather than perform an action; they belong to the element that has the focus. */
const gestures: Readonly<Record<Place, readonly KeyLine[]>> = {
  anywhere: [{ label: 'Close a dialog or panel', keys: [['Esc']] }],
  page: [{ label: 'Go to a tab', keys: [['1', '…', '8']] }],
  list: [
    { label: 'Move; also Home, End, Page up, Page down', keys: [['↑', '↓']] },
    { label: 'Select a range', keys: [['Shift', '↑ ↓']] },
    { label: 'Resize a column (with its name focused)', keys: [['Shift', '← →']] },
  ],
}

const dragOut: KeyLine = { label: 'Drag the files out of the window', keys: [['Alt', 'drag']] }

const titles: readonly [Place, string][] = [
  ['anywhere', 'Anywhere'],
  ['page', 'On a model’s page'],
  ['list', 'In the list'],
]

/** Every key with what it does, by where it works. Labels are those for one model. */
export function keySections(actions: readonly Action[], context: Context): { title: string; lines: KeyLine[] }[] {
  const { list: _list, page: _page, ...rest } = context
  const forOne: Context = { ...rest, models: { ...context.models, count: 1, capped: false, known: [] } }
  return titles.map(([place, title]) => ({
    title,
    lines: [
      ...gestures[place],
      ...actions.flatMap((action) => {
        const keys = [action.keys?.[place], place === 'anywhere' ? menuKeyHere(action) : undefined]
        const shown = keys.flatMap((key) => (key === undefined ? [] : [capsOf(key)]))
        return shown.length > 0 ? [{ label: labelOf(action, forOne), keys: shown }] : []
      }),
      ...(place === 'list' && window.cabinet ? [dragOut] : []),
    ],
  }))
}
