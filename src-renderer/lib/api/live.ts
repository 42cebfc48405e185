import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import { readEvents } from '../../../src-contract/util/read-events.ts'
import { connection } from '../state/connection.ts'
import { letGo } from '../state/selection.ts'
import { isOwn } from './own-saves.ts'
import { sessionHeaders } from './session-key.ts'
import { hearForOffers } from './undo-offers.ts'

/** More models than this in one batch are asked for afresh as one. */
const FEW = 20

type Subject = Pick<CabinetEvent, 'Kind' | 'UUID'>

/**
 * The keys of what a batch of events has made stale, each once: a burst of 500 events is one question, not 500. `own` are those of
 * saves whose answers this window has: of them only the lists that show the model, their counts and its history are stale.
 */
export function staleKeys(events: readonly Subject[], own: readonly Subject[] = []): QueryKey[] {
  const subjects = new Set(events.map(({ Kind }) => Kind.split('.')[0]))
  if (subjects.has('organisation') || subjects.has('cabinet')) return [[]]
  const keys: QueryKey[] = []
  if (subjects.has('function') || subjects.has('catalogue')) keys.push(['functions'], ['catalogues'])
  else if (own.length > 0) keys.push(['functions', 'page'], ['functions', 'count'])
  const functions = new Set(events.flatMap(({ Kind, UUID }) => (Kind.startsWith('function.') ? [UUID] : [])))
  if (functions.size > FEW || functions.has(null)) keys.push(['function'])
  else for (const uuid of functions) keys.push(['function', uuid])
  for (const { UUID } of own) if (!functions.has(UUID)) keys.push(['function', UUID, 'history'])
  if (subjects.has('job')) keys.push(['jobs'])
  if (subjects.has('token')) keys.push(['tokens'], ['sessions'])
  if (subjects.has('settings')) keys.push(['settings'], ['configuration'], ['endpoint'])
  return keys
}

const PAUSE = 250

/** Asks at most four times a second, and not again before the answers are there. */
function batched(client: QueryClient): (event: CabinetEvent) => void {
  const waiting: CabinetEvent[] = []
  let busy = false
  const work = async () => {
    busy = true
    while (waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
      const { own = [], foreign = [] } = Object.groupBy(waiting.splice(0), (event) =>
        isOwn(event) ? 'own' : 'foreign',
      )
      const keys = staleKeys(foreign, own)
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
    }
    busy = false
  }
  return (event) => {
    hearForOffers(event)
    if (event.Kind === 'function.deleted' && event.UUID !== null) letGo(event.UUID)
    waiting.push(event)
    if (!busy) void work()
  }
}

function overBridge(bridge: NonNullable<Window['cabinet']>, client: QueryClient): () => void {
  const apply = batched(client)
  const stopEvents = bridge.onEvent(apply)
  const stopSupervisor = bridge.onSupervisor((supervisor) => {
    const before = connection.getState().state
    connection.setState(
      supervisor.state === 'ready'
        ? { state: 'ready', message: supervisor.message }
        : { state: supervisor.state === 'failed' ? 'failed' : 'lost', message: supervisor.message },
    )
    if (supervisor.state === 'ready' && before === 'lost') void client.invalidateQueries()
  })
  return () => {
    stopEvents()
    stopSupervisor()
  }
}

/** Milliseconds until a broken stream is asked for again. */
const AGAIN = 2_000

/** By fetch, not EventSource, which sends no key. */
function overHttp(client: QueryClient): () => void {
  const apply = batched(client)
  const ended = new AbortController()
  let last = 0
  const hear = (event: CabinetEvent) => {
    if (event.Id > 0) last = event.Id
    apply(event)
  }

  async function follow(): Promise<void> {
    const resume = last > 0 && { 'Last-Event-ID': String(last) }
    const headers = { Accept: 'text/event-stream', ...resume, ...sessionHeaders() }
    const response = await fetch('/events', { headers, signal: ended.signal })
    if (response.status === 401) {
      connection.setState({ state: 'signed-out', message: 'This browser is not signed in.' })
      return ended.abort()
    }
    if (!response.ok) return
    // Whatever happened while nobody listened is asked for afresh.
    if (connection.getState().state === 'lost') void client.invalidateQueries()
    connection.setState({ state: 'ready', message: '' })
    await readEvents(response, hear)
  }

  const keepFollowing = async () => {
    while (!ended.signal.aborted) {
      await follow().catch(() => {})
      if (ended.signal.aborted || connection.getState().state === 'signed-out') return
      connection.setState({ state: 'lost', message: 'The cabinet is not responding. Retrying…' })
      await new Promise((resolve) => setTimeout(resolve, AGAIN))
    }
  }
  void keepFollowing()
  return () => ended.abort()
}

/** Listens to the cabinet for as long as the window lives. @returns what ends it */
export function listen(client: QueryClient): () => void {
  return window.cabinet ? overBridge(window.cabinet, client) : overHttp(client)
}
