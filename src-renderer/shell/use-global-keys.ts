import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { perform } from '../actions/action.ts'
import { actionForKey } from '../actions/keys.ts'
import { actions, actionsNow } from '../actions/registry.ts'
import { useActionContext } from '../actions/use-action-context.ts'
import { isTyping } from '../lib/hooks/is-typing.ts'
import { dialogs, isCovered } from '../lib/state/dialogs.ts'

/** The keys that work on every screen or on a model's page, and what the native menu asks for. The list has its own keys. */
export function useGlobalKeys(): void {
  const navigate = useNavigate()
  const contextNow = useActionContext()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey
      if (event.defaultPrevented || (plain && (isTyping(event) || isCovered(dialogs.getState())))) return
      const context = contextNow()
      const places = context.place === 'page' ? (['page', 'anywhere'] as const) : (['anywhere'] as const)
      const action = actionForKey(event, places, actionsNow(context), context)
      if (!action) return
      event.preventDefault()
      void perform(action, context)
    }
    window.addEventListener('keydown', listen)
    const stop = window.cabinet?.onMenuCommand((command) => {
      const action = actions.find(({ id }) => id === command)
      if (action) void perform(action, contextNow())
    })
    return () => {
      window.removeEventListener('keydown', listen)
      stop?.()
    }
  })
  useEffect(
    () =>
      window.cabinet?.onOpenFunction((uuid) => {
        void navigate({ to: '/function/$uuid', params: { uuid } })
      }),
    [navigate],
  )
}
