import { useNavigate } from '@tanstack/react-router'
import type { FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { layout } from '../../../lib/state/layout.ts'
import {
  clearSelection,
  moveCursor,
  pickAll,
  pickedCount,
  pickOnly,
  selection,
  togglePicked,
} from '../../../lib/state/selection.ts'
import { addToCatalogue, deleteTargets, editField, type ShownList, starTargets } from '../list-actions.ts'
import { uuidsBetween } from './use-listing.ts'

/** A key of the grid itself, or of the window where nothing has the focus. */
type ListKey = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'currentTarget' | 'preventDefault'
>

type List = ShownList & {
  /** Models that fit on the screen. */
  pageRows: number
  /** Models beside each other, where they are cards. */
  across?: number
  row: (index: number) => FunctionItem | undefined
  show: (index: number) => void
}

const steps: Record<string, (cursor: number, list: List) => number> = {
  ArrowDown: (cursor, { across = 1 }) => cursor + across,
  ArrowUp: (cursor, { across = 1 }) => cursor - across,
  ArrowRight: (cursor, { across = 1 }) => (across > 1 ? cursor + 1 : cursor),
  ArrowLeft: (cursor, { across = 1 }) => (across > 1 ? cursor - 1 : cursor),
  PageDown: (cursor, list) => cursor + list.pageRows,
  PageUp: (cursor, list) => cursor - list.pageRows,
  Home: () => 0,
  End: (_cursor, list) => list.total - 1,
}

/** Moves the current row; with Shift everything from the anchor to it is picked. */
async function move(
  event: Pick<ListKey, 'shiftKey'>,
  list: List,
  step: (cursor: number, list: List) => number,
): Promise<void> {
  const { cursor, anchor } = selection.getState()
  const to = Math.max(0, Math.min(list.total - 1, cursor < 0 ? 0 : step(cursor, list)))
  list.show(to)
  if (!event.shiftKey) return moveCursor(to)
  selection.setState({ cursor: to })
  const from = anchor < 0 ? to : anchor
  pickOnly(await uuidsBetween(list.filters, Math.min(from, to), Math.max(from, to)))
}

/** The keys of the list (the overlay under `?` names them). */
export function useListKeys(list: List): (event: ListKey) => void {
  const navigate = useNavigate()

  /** The row may be on its way still: a key that is typed meanwhile is for it all the same. */
  const atCursor = async (act: (uuid: string) => void) => {
    const { cursor } = selection.getState()
    const [uuid] = cursor < 0 ? [] : await uuidsBetween(list.filters, cursor, cursor)
    if (uuid !== undefined) act(uuid)
  }

  const plain = (event: Pick<ListKey, 'key'>): boolean => {
    const { cursor } = selection.getState()
    const current = cursor >= 0 ? list.row(cursor) : undefined
    switch (event.key) {
      case ' ':
        if (cursor < 0) moveCursor(0)
        layout.setState(({ peek }) => ({ peek: !peek }))
        return true
      case 'Enter':
        void atCursor((uuid) => void navigate({ to: '/function/$uuid', params: { uuid } }))
        return true
      case 'x':
        void atCursor(togglePicked)
        return true
      case 's':
        if (current) void starTargets(list, !current.Starred)
        return true
      case 'c':
        void addToCatalogue(list)
        return true
      case 'f':
        void editField(list)
        return true
      case 'Delete':
        void deleteTargets(list, (uuid) => (current?.UUID === uuid ? current.Name : undefined))
        return true
      case 'Escape':
        if (pickedCount(selection.getState(), list.total) > 0) clearSelection()
        else layout.setState({ peek: false })
        return true
      default:
        return false
    }
  }

  return (event) => {
    // What is pressed on a button, or on the name of a column, is not for the current model.
    if (
      event.target !== event.currentTarget &&
      event.target instanceof HTMLElement &&
      event.target.closest('button, input, [data-column]')
    )
      return
    const step = steps[event.key]
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.key.toLowerCase() === 'a') pickAll()
    else if (mod || event.altKey) return
    else if (step && list.total > 0) void move(event, list, step)
    else if (!plain(event)) return
    event.preventDefault()
  }
}
