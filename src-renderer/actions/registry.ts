import { IconFilter, IconRoute } from '@tabler/icons-react'
import { layout } from '../lib/state/layout.ts'
import { type Action, type Context, countWords, isOffered } from './action.ts'
import { listActions } from './list-actions.ts'
import { modelActions } from './model-actions.ts'
import { goActions, windowActions } from './window-actions.ts'

const all = [...modelActions, ...listActions, ...goActions, ...windowActions]

type ActionId = (typeof all)[number]['id']

/** Every action that does not depend on what is shown. */
export const actions: readonly Action[] = all

const named = (...ids: ActionId[]): Action[] => ids.flatMap((id) => actions.filter((action) => action.id === id))

const modelActionsBut = (...ids: ActionId[]): Action[] => modelActions.filter(({ id }) => !ids.includes(id))

/**
 * What each surface has, in order; it shows what makes sense at the time. Palette and key help have every action, the native menu has
 * `menuActions`.
 */
export const surfaces = {
  row: modelActions,
  bar: named('add-to-catalogue', 'compare', 'set-field', 'export'),
  barMenu: [
    ...modelActionsBut('open', 'add-to-catalogue', 'compare', 'set-field', 'export', 'delete'),
    ...named('save-csv'),
  ],
  barDanger: named('delete'),
  barEnd: named('clear-selection'),
  peek: named('try', 'compare'),
  page: named('compare'),
  pageMain: named('try'),
  pageStar: named('star'),
  pageMenu: modelActionsBut('star', 'compare', 'try'),
} as const satisfies Record<string, readonly Action[]>

/** The tabs of the page that is shown, with the keys 1, 2, 3 …. */
const tabActions = ({ page }: Context): Action[] =>
  (page?.tabs ?? []).map(({ id, label }, index) => ({
    id: `tab-${id}`,
    label: `${label} tab`,
    icon: IconRoute,
    keys: { page: String(index + 1) },
    perform: () => page?.open(id),
  }))

const viewActions = (): Action[] =>
  layout.getState().views.map(({ id, name, search }) => ({
    id: `view-${id}`,
    label: name,
    icon: IconFilter,
    perform: ({ navigate }) => navigate({ to: '/', search }),
  }))

function modelsTitle({ models }: Context): string {
  const [only] = models.known
  if (models.count !== 1) return `${countWords(models)} selected models`
  return only?.Name ?? 'The current model'
}

export type ActionGroup = { title: string; actions: readonly Action[] }

/** Everything that can be done now, in groups. */
export function actionGroups(context: Context): ActionGroup[] {
  const groups: ActionGroup[] = [
    { title: modelsTitle(context), actions: modelActions },
    { title: 'Tabs', actions: tabActions(context) },
    { title: 'List', actions: listActions },
    { title: 'Commands', actions: windowActions },
    { title: 'Go to', actions: [...goActions, ...viewActions()] },
  ]
  return groups.map(({ title, actions: some }) => ({
    title,
    actions: some.filter((action) => isOffered(action, context)),
  }))
}

/** Everything that can be done now. */
export const actionsNow = (context: Context): Action[] => actionGroups(context).flatMap((group) => group.actions)
