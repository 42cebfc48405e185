import { type UseNavigateResult, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { focusSearch } from '../lib/hooks/focus-search.ts'
import { isTyping } from '../lib/hooks/is-typing.ts'
import { dialogs, isCovered } from '../lib/state/dialogs.ts'

function onKeyDown(event: KeyboardEvent, navigate: UseNavigateResult<string>): void {
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
    void navigate({ to: '/settings' })
    return
  }
  if (mod || event.altKey || isTyping(event) || isCovered(dialogs.getState())) return
  if (event.key === '/') {
    event.preventDefault()
    focusSearch(navigate)
  } else if (event.key === '?') {
    event.preventDefault()
    dialogs.setState({ keys: true })
  }
}

/** The keys that work on every screen, and what the native menu asks for. */
export function useGlobalKeys(): void {
  const { history } = useRouter()
  const navigate = useNavigate()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event, navigate)
    window.addEventListener('keydown', listen)
    const stop = window.cabinet?.onMenuCommand((command) => {
      if (command === 'import') dialogs.setState({ import: true })
      if (command === 'new-catalogue') dialogs.setState({ newCatalogue: true })
      if (command === 'search') focusSearch(navigate)
      if (command === 'palette') dialogs.setState({ palette: true })
      if (command === 'activity') dialogs.setState({ activity: true })
      if (command === 'keys') dialogs.setState({ keys: true })
      if (command === 'settings') void navigate({ to: '/settings' })
      if (command === 'go-back') history.back()
      if (command === 'go-forward') history.forward()
      if (command === 'show-all') void navigate({ to: '/', search: {} })
    })
    const stopOpening = window.cabinet?.onOpenFunction((uuid) => {
      void navigate({ to: '/function/$uuid', params: { uuid } })
    })
    return () => {
      window.removeEventListener('keydown', listen)
      stop?.()
      stopOpening?.()
    }
  }, [history, navigate])
}
