import type { CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { ShownList, Subject } from '../../actions/action.ts'
import type { FunctionPage } from '../../lib/api/functions.ts'
import { type Filters, PAGE_SIZE, pageQuery } from '../../lib/api/queries.ts'
import { queryClient } from '../../lib/api/query-client.ts'
import { clearSelection, isPicked, pickedCount, selection } from '../../lib/state/selection.ts'
import type { Targets } from '../../lib/state/targets.ts'
import { uuidsBetween } from './grid/use-listing.ts'

/** The models that are selected. */
export function pickedTargets({ filters, total, capped }: ShownList): Targets {
  const { all, uuids } = selection.getState()
  if (!all) return [...uuids]
  return { query: filters, except: [...uuids], count: pickedCount({ all, uuids }, total), capped }
}

/** The rows of a list that the window has read. */
const knownRows = (filters: Filters): FunctionItem[] =>
  queryClient
    .getQueriesData<FunctionPage>({ queryKey: ['functions', 'page', filters] })
    .flatMap(([, page]) => page?.rows ?? [])

function rowAt(filters: Filters, index: number): FunctionItem | undefined {
  const page = queryClient.getQueryData(pageQuery(filters, Math.floor(index / PAGE_SIZE)).queryKey)
  return page?.rows[index % PAGE_SIZE]
}

/** What actions act on while a list is shown: its selected models, else the current one. */
export function listSubject(list: ShownList, catalogue: CatalogueItem | undefined): Subject {
  const { filters, total, capped } = list
  const now = selection.getState()
  const { cursor } = now
  const selected = pickedCount(now, total)
  const hasCurrent = cursor >= 0 && cursor < total
  const row = hasCurrent ? rowAt(filters, cursor) : undefined
  // The row may still be on its way: a key that is typed before it arrives is for it all the same.
  const atCursor = async () => (hasCurrent ? uuidsBetween(filters, cursor, cursor) : [])
  return {
    place: 'list',
    models: {
      count: selected > 0 ? selected : hasCurrent ? 1 : 0,
      capped: capped && selected >= total,
      known: selected > 0 ? knownRows(filters).filter(({ UUID }) => isPicked(now, UUID)) : row ? [row] : [],
      targets: async () => (selected > 0 ? pickedTargets(list) : atCursor()),
    },
    leave: clearSelection,
    list: {
      ...list,
      selected,
      current: hasCurrent ? { name: row?.Name, uuid: async () => (await atCursor())[0] } : undefined,
      catalogue,
    },
  }
}
