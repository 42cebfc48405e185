import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import { resizeColumn } from '../../../lib/state/layout.ts'

/** Pixels by which a key makes a column wider or narrower. */
const STEP = 16

const moves: Record<string, (at: number, count: number) => number> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/**
 * The keys of the names of columns, which are one stop of the Tab key together: ← and → go from name to name, with Shift they
 * make the column narrower and wider and go to its edge, where they do so by themselves; Delete there lets it be as it was,
 * Enter and Escape go back to the name. ↓ goes to the models. `stop` is the column that Tab comes to.
 */
export function useHeaderKeys(ids: readonly string[]) {
  const [last, setLast] = useState('')
  const stop = ids.includes(last) ? last : ids[0]

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = columnOf(event.target)?.dataset.column
    if (id !== undefined) setLast(id)
  }

  /** Whether the key is the header's. */
  const take = (event: KeyboardEvent<HTMLElement>): boolean => {
    const { key, target, currentTarget } = event
    const column = columnOf(target)
    const id = column?.dataset.column
    if (!column || id === undefined || !(target instanceof HTMLElement)) return false
    const atEdge = target.dataset.grip !== undefined
    const by = key === 'ArrowLeft' ? -STEP : key === 'ArrowRight' ? STEP : 0
    if (by !== 0 && (atEdge || event.shiftKey)) {
      column.querySelector<HTMLElement>('[data-grip]')?.focus()
      resizeColumn(id, column.getBoundingClientRect().width + by)
    } else if (atEdge && (key === 'Delete' || key === 'Backspace')) resizeColumn(id, null)
    else if (atEdge && (key === 'Enter' || key === 'Escape')) nameOf(column)?.focus()
    else if (key === 'ArrowDown') currentTarget.closest<HTMLElement>('[role="grid"]')?.focus()
    else if (moves[key]) {
      const columns = [...currentTarget.querySelectorAll<HTMLElement>('[data-column]')]
      const to = columns[moves[key](columns.indexOf(column), columns.length)]
      if (to) nameOf(to)?.focus()
    } else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!take(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return { stop, onFocus, onKeyDown }
}

const columnOf = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null

/** What of a column takes the focus: its name, or the button that it is. */
const nameOf = (column: Element) => column.querySelector<HTMLElement>('[data-name]')
