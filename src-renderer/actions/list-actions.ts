import {
  IconLayoutGrid,
  IconLayoutSidebarRight,
  IconListDetails,
  IconSelect,
  IconSelectAll,
  IconTable,
  IconX,
} from '@tabler/icons-react'
import type { FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { plural } from '../../src-contract/words/human-number.ts'
import { listFunctions } from '../lib/api/functions.ts'
import type { Filters } from '../lib/api/queries.ts'
import { saveText } from '../lib/api/save-from-api.ts'
import { tellDone } from '../lib/notices/notify.tsx'
import { layout } from '../lib/state/layout.ts'
import { clearSelection, isPicked, moveCursor, pickAll, selection, togglePicked } from '../lib/state/selection.ts'
import type { Action, Context } from './action.ts'
import { toCsv } from './csv.ts'

const THOUSAND = 1_000

async function rowsOf(filters: Filters, picked: (uuid: string) => boolean): Promise<FunctionItem[]> {
  const found: FunctionItem[] = []
  for (let offset = 0; ; offset += THOUSAND) {
    const { rows } = await listFunctions(filters, { offset, limit: THOUSAND })
    found.push(...rows.filter(({ UUID }) => picked(UUID)))
    if (rows.length < THOUSAND) return found
  }
}

const isList = ({ place }: Context) => place === 'list'
const hasRows = ({ list }: Context) => list !== undefined && list.total > 0
const anySelected = ({ list }: Context) => list !== undefined && list.selected > 0

/** What can be done with the list that is shown. */
export const listActions = [
  {
    id: 'select',
    label: 'Select',
    icon: IconSelect,
    keys: { list: 'X' },
    when: ({ list }) => list?.current !== undefined,
    perform: async ({ list }) => {
      const uuid = await list?.current?.uuid()
      if (uuid !== undefined) togglePicked(uuid)
    },
  },
  {
    id: 'select-all',
    label: 'Select all',
    icon: IconSelectAll,
    keys: { list: 'Mod+A' },
    when: hasRows,
    perform: pickAll,
  },
  {
    id: 'clear-selection',
    label: 'Clear selection',
    icon: IconX,
    keys: { list: 'Escape' },
    when: anySelected,
    perform: clearSelection,
  },
  {
    id: 'save-csv',
    label: (context) => (anySelected(context) ? 'Save as CSV…' : 'Save list as CSV…'),
    icon: IconTable,
    when: hasRows,
    // In the order of the list.
    perform: async (context) => {
      const { list } = context
      if (!list) return
      const now = selection.getState()
      const rows = await rowsOf(list.filters, (uuid) => list.selected === 0 || isPicked(now, uuid))
      const name = `models-${new Date().toISOString().slice(0, 10)}.csv`
      const written = await saveText(`\uFEFF${toCsv(rows)}`, name, 'text/csv')
      if (written !== null) tellDone(`${plural(rows.length, 'model')} written to ${written}.`)
    },
  },
  {
    id: 'peek',
    label: 'Toggle peek',
    icon: IconLayoutSidebarRight,
    keys: { list: 'Space' },
    when: isList,
    perform: () => {
      if (selection.getState().cursor < 0) moveCursor(0)
      layout.setState(({ peek }) => ({ peek: !peek }))
    },
  },
  {
    id: 'compact',
    label: 'Toggle compact rows',
    icon: IconListDetails,
    when: isList,
    perform: () => layout.setState(({ compact }) => ({ compact: !compact })),
  },
  {
    id: 'cards',
    label: 'Toggle cards',
    icon: IconLayoutGrid,
    when: isList,
    perform: () => layout.setState(({ look }) => ({ look: look === 'list' ? 'cards' : 'list' })),
  },
] as const satisfies readonly Action[]
