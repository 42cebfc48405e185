import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import type { ShownList } from '../../../actions/action.ts'
import type { FunctionPage } from '../../../lib/api/functions.ts'
import { PAGE_SIZE } from '../../../lib/api/queries.ts'
import { queryClient } from '../../../lib/api/query-client.ts'
import { selection } from '../../../lib/state/selection.ts'

/** Where a model stands in a list, as far as its pages were asked for since the last change; -1 where that is not known. */
function positionOf(uuid: string, filters: ShownList['filters']): number {
  const fresh = queryClient.getQueryCache().findAll({
    queryKey: ['functions', 'page', filters],
    predicate: ({ state }) => !state.isInvalidated,
  })
  for (const { queryKey } of fresh) {
    const row = queryClient.getQueryData<FunctionPage>(queryKey)?.rows.findIndex(({ UUID }) => UUID === uuid) ?? -1
    if (row >= 0) return Number(queryKey[3]) * PAGE_SIZE + row
  }
  return -1
}

/**
 * Keeps the current row on its model when a change has put the model elsewhere in the list, so that the next key is for the
 * same one; where the model has left the list, the row that took its place is the current one.
 */
export function useCursorFollows({ filters, total }: ShownList, current: FunctionItem | undefined): void {
  const cursor = useStore(selection, (state) => state.cursor)
  const held = useRef<{ filters: ShownList['filters']; cursor: number; uuid: string } | null>(null)
  const uuid = current?.UUID
  useEffect(() => {
    const before = held.current
    const same = before?.filters === filters && before.cursor === cursor ? before : null
    if (uuid === undefined) {
      held.current = same
      if (cursor >= total && total > 0) selection.setState({ cursor: total - 1, anchor: total - 1 })
      return
    }
    const moved = same && same.uuid !== uuid ? positionOf(same.uuid, filters) : -1
    held.current = moved < 0 ? { filters, cursor, uuid } : { filters, cursor: moved, uuid: same?.uuid ?? uuid }
    if (moved >= 0) selection.setState({ cursor: moved, anchor: moved })
  }, [filters, total, cursor, uuid])
}
