import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { cleanup, configure, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, vi } from 'vitest'
import type { Message } from '../../src-contract/contract/admin/message.ts'
import { queryClient } from '../lib/api/query-client.ts'
import { theme } from '../lib/theme/theme.ts'

/** A request that the window sent. `path` includes the query. */
type Sent = { method: string; path: string; json: unknown }

type Answer = () => Response

/** A successful answer. */
export function answer(body: unknown, headers: Record<string, string> = {}): Answer {
  return () => new Response(JSON.stringify(body), { headers })
}

/** An answer that refuses, with the reason in it. */
export function refusal(status: number, reason: string): Answer {
  const body: Message = { Message: reason }
  return () => new Response(JSON.stringify(body), { status })
}

// As long as `expect.poll` waits: a busy machine may be slow, and what holds is seen at once.
configure({ asyncUtilTimeout: 120_000 })

const unanswered: string[] = []

afterEach(() => {
  cleanup()
  queryClient.clear()
  vi.unstubAllGlobals()
  expect(unanswered.splice(0), 'requests that the test has no answer for').toEqual([])
})

/**
 * Renders a part of the window inside the app's own providers. Only the network is replaced: each request is recorded
 * in `sent` and answered by `answers`, whose keys look like `GET /catalogues` and which a test may change later.
 */
export function renderPart(part: ReactNode, answers: Record<string, Answer> = {}) {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    sent.push({ method, path, json: body === undefined ? undefined : JSON.parse(body) })
    const key = `${method} ${path.split('?')[0]}`
    const found = answers[key]
    if (found) return found()
    unanswered.push(key)
    return refusal(404, `There is no answer to ${key}.`)()
  })
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        <RouterContextProvider router={router}>
          <Notifications />
          {part}
        </RouterContextProvider>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { sent, answers, changes: () => sent.filter(({ method }) => method !== 'GET') }
}
