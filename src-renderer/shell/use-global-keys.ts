import { useEffect } from 'react'
import { router } from '../router.tsx'
import { dialogs } from '../state/dialogs.ts'

/** Whether a key belongs to something the person types in, or to an open dialog or menu. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"], [role="listbox"]',
    ) !== null
  )
}

/** Puts the caret into the search box, from whatever screen. */
export function focusSearch(): void {
  const box = () => document.querySelector<HTMLInputElement>('#search')
  const field = box()
  if (field) {
    field.focus()
    field.select()
  } else void router.navigate({ to: '/', search: {} }).then(() => requestAnimationFrame(() => box()?.focus()))
}

function onKeyDown(event: KeyboardEvent): void {
  const mod = event.ctrlKey || event.metaKey
  if (mod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'i') {
    event.preventDefault()
    dialogs.setState({ import: true })
    return
  }
  if (mod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    dialogs.setState(({ palette }) => ({ palette: !palette }))
    return
  }
  if (mod && event.key === ',') {
    event.preventDefault()
    void router.navigate({ to: '/settings' })
    return
  }
  if (mod || event.altKey || isTyping(event)) return
  if (event.key === '/') {
    event.preventDefault()
    focusSearch()
  } else if (event.key === '?') {
    event.preventDefault()
    dialogs.setState({ keys: true })
  }
}

/** The keys that work on every screen, and what the native menu asks for. */
export function useGlobalKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    const stop = window.cabinet?.onMenuCommand((command) => {
      if (command === 'import') dialogs.setState({ import: true })
      if (command === 'search') focusSearch()
      if (command === 'palette') dialogs.setState({ palette: true })
      if (command === 'keys') dialogs.setState({ keys: true })
      if (command === 'settings') void router.navigate({ to: '/settings' })
      if (command === 'go-back') router.history.back()
      if (command === 'go-forward') router.history.forward()
      if (command === 'show-all') void router.navigate({ to: '/', search: {} })
    })
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      stop?.()
    }
  }, [])
}
