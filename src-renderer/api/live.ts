import type { QueryClient } from '@tanstack/react-query'
import { CabinetEvent } from '../../src-contract/event.ts'
import { connection } from '../state/connection.ts'

/** Makes stale what an event says has changed. */
export function applyEvent(client: QueryClient, event: CabinetEvent): void {
  const [subject] = event.Kind.split('.')
  if (subject === 'catalogue') void client.invalidateQueries({ queryKey: ['catalogues'] })
  if (subject === 'catalogue' || subject === 'function') void client.invalidateQueries({ queryKey: ['functions'] })
  if (subject === 'function') {
    void client.invalidateQueries({ queryKey: ['catalogues'] })
    void client.invalidateQueries({ queryKey: event.UUID ? ['function', event.UUID] : ['function'] })
  }
  if (subject === 'organisation' || subject === 'cabinet') void client.invalidateQueries()
  if (subject === 'job') void client.invalidateQueries({ queryKey: ['jobs'] })
  if (subject === 'token') void client.invalidateQueries({ queryKey: ['tokens'] })
}

/** Events come in bursts (an import of 500 files): what they make stale is asked for at most four times a second. */
function batched(client: QueryClient): (event: CabinetEvent) => void {
  const waiting = new Map<string, CabinetEvent>()
  return (event) => {
    const first = waiting.size === 0
    waiting.set(`${event.Kind.split('.')[0]} ${event.UUID}`, event)
    if (!first) return
    setTimeout(() => {
      for (const one of waiting.values()) applyEvent(client, one)
      waiting.clear()
    }, 250)
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

function overHttp(client: QueryClient): () => void {
  const apply = batched(client)
  const source = new EventSource('/events')
  const read = (message: MessageEvent<string>) => {
    const event = CabinetEvent.safeParse(JSON.parse(message.data))
    if (event.success) apply(event.data)
  }
  source.onmessage = read
  source.onopen = () => {
    // Whatever happened while nobody listened is asked for afresh.
    if (connection.getState().state === 'lost') void client.invalidateQueries()
    connection.setState({ state: 'ready', message: '' })
  }
  source.onerror = () => {
    if (connection.getState().state === 'signed-out') return source.close()
    connection.setState({ state: 'lost', message: 'The cabinet does not answer; trying again.' })
  }
  return () => source.close()
}

/** Listens to the cabinet for as long as the window lives. @returns what ends it */
export function listen(client: QueryClient): () => void {
  return window.cabinet ? overBridge(window.cabinet, client) : overHttp(client)
}
