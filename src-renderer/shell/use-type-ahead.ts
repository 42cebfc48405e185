import { useEffect } from 'react'
import { dialogs, isCovered, isOpening } from '../lib/state/dialogs.ts'

const isInDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role="dialog"]') !== null

/**
 * Whoever asks for a dialog by a key types on at once: what is typed before its field has the focus is kept and put into it,
 * and is no key of the list behind, where it would star or delete. From then on keys are the dialog's own affair: Tab must lead on
 * from a button that has gone.
 */
export function useTypeAhead(): void {
  useEffect(() => {
    let opening = false
    let typed = ''
    const onKeyDown = (event: KeyboardEvent) => {
      if (!opening || isInDialog(event.target)) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      event.stopPropagation()
      if (event.key === 'Escape') return
      event.preventDefault()
      if (event.key === 'Backspace') typed = typed.slice(0, -1)
      else if (event.key.length === 1) typed += event.key
    }
    const onFocusIn = ({ target }: FocusEvent) => {
      if (!isInDialog(target)) return
      opening = false
      const text = typed
      typed = ''
      // Typed in as by a person, so that the field and whatever listens to it know.
      if (text !== '' && target instanceof HTMLInputElement) document.execCommand('insertText', false, text)
    }
    const stop = dialogs.subscribe((now, before) => {
      if (isOpening(now, before)) opening = true
      if (isCovered(now)) return
      opening = false
      typed = ''
    })
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('focusin', onFocusIn)
    return () => {
      stop()
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('focusin', onFocusIn)
    }
  }, [])
}
