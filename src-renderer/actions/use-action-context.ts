import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { operationsQuery } from '../lib/api/queries.ts'
import { type Context, noModels, type Subject } from './action.ts'

let subjectNow: (() => Subject) | null = null

/** Says what the screen shows, so that keys, palette and native menu act on it. */
export function useSubject(read: () => Subject): void {
  useEffect(() => {
    subjectNow = read
    return () => {
      if (subjectNow === read) subjectNow = null
    }
  })
}

const nothing: Omit<Context, 'navigate' | 'back' | 'forward' | 'can' | 'setTheme'> = {
  place: 'anywhere',
  models: noModels,
  leave() {},
}

/** What actions are asked about and performed with: that of a subject, or else of what the screen shows when it is called. */
export function useActionContext(): (subject?: Subject) => Context {
  const navigate = useNavigate()
  const { history } = useRouter()
  const { setColorScheme } = useMantineColorScheme()
  const operations = useQuery(operationsQuery)
  return (subject = subjectNow?.()) => ({
    ...nothing,
    ...subject,
    navigate,
    back() {
      if (history.canGoBack()) history.back()
      else void navigate({ to: '/', search: {} })
    },
    forward: () => history.forward(),
    can: (path) => operations.data?.has(path) ?? false,
    setTheme(theme) {
      setColorScheme(theme === 'system' ? 'auto' : theme)
      void window.cabinet?.setTheme(theme)
    },
  })
}
