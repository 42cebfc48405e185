import { type RefObject, useEffect } from 'react'
import { dialogs, isCovered } from '../../../lib/state/dialogs.ts'

/**
 * Where nothing has the focus, keys are for the list: after a start, back from a model's page, and when the button that was pressed
 * has gone with its bar or notice.
 */
export function useUnfocusedKeys(grid: RefObject<HTMLElement | null>, onKeyDown: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.target !== document.body || event.defaultPrevented || isCovered(dialogs.getState())) return
      onKeyDown(event)
      if (event.defaultPrevented) grid.current?.focus({ preventScroll: true })
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
}
