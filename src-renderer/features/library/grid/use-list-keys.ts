import { perform, type ShownList } from '../../../actions/action.ts'
import { actionForKey } from '../../../actions/keys.ts'
import { actions } from '../../../actions/registry.ts'
import { useActionContext } from '../../../actions/use-action-context.ts'
import { layout } from '../../../lib/state/layout.ts'
import { moveCursor, pickOnly, selection } from '../../../lib/state/selection.ts'
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

/** The keys of the list: those that move, then those of actions. */
export function useListKeys(list: List): (event: ListKey) => void {
  const contextNow = useActionContext()
  return (event) => {
    // What is pressed on a button, or on the name of a column, is not for the current model.
    if (
      event.target !== event.currentTarget &&
      event.target instanceof HTMLElement &&
      event.target.closest('button, input, [data-column]')
    )
      return
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key]
    const context = contextNow()
    const action = actionForKey(event, ['list'], actions, context)
    if (step && list.total > 0) void move(event, list, step)
    else if (action) void perform(action, context)
    else if (event.key === 'Escape') layout.setState({ peek: false })
    else return
    event.preventDefault()
  }
}
