import { type KeyboardEvent, useId, useState } from 'react'
import { intoSight } from '../layout/into-sight.ts'

/**
 * A field that keeps the focus while the arrow keys walk through its list and Enter picks (the ARIA pattern of a combobox): what goes to
 * the field, to the list and to each option of it, and which option is the current one.
 */
export function useCombobox(count: number, onPick: (index: number) => void) {
  const id = useId()
  const [cursor, setCursor] = useState(0)
  const at = Math.min(cursor, Math.max(0, count - 1))
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of a character picks nothing.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setCursor((at + 1) % Math.max(1, count))
    else if (event.key === 'ArrowUp') setCursor((at - 1 + count) % Math.max(1, count))
    else if (event.key !== 'Enter') return
    else if (count > 0) onPick(at)
    event.preventDefault()
  }
  return {
    at,
    /** To be called when the list becomes another one. */
    toFirst: () => setCursor(0),
    field: {
      role: 'combobox',
      'aria-expanded': count > 0,
      'aria-controls': count > 0 ? id : undefined,
      'aria-activedescendant': count > 0 ? `${id}-${at}` : undefined,
      onKeyDown,
    },
    /** For the element with the role `listbox`. */
    list: { id, hidden: count === 0 },
    option: (index: number) => ({
      id: `${id}-${index}`,
      role: 'option',
      'aria-selected': index === at,
      ref: index === at ? intoSight : undefined,
      onPointerMove: () => setCursor(index),
      onClick: () => onPick(index),
    }),
  } as const
}
