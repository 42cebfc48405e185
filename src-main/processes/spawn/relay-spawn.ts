import type { Parent } from '../child/parent.ts'
import type { ChildKind, ExitReason, Spawn } from './channel.ts'
import { createListeners } from './listeners.ts'
import { RelayReport, type RelayRequest } from './relay-message.ts'

/** Starts children by asking the parent process for them; the parent's end is `relayChildren`. */
export function createRelaySpawn(parent: Parent): Spawn {
  const children = new Map<number, (report: RelayReport) => void>()
  let nextId = 1
  const ask = (request: RelayRequest) => parent.post(request)
  parent.onMessage((message) => {
    const { success, data } = RelayReport.safeParse(message)
    if (success) children.get(data.id)?.(data)
  })

  return (kind, args = []) => {
    const id = nextId++
    const messages = createListeners<unknown>()
    const exits = createListeners<ExitReason>()
    let pid: number | undefined
    let ended: ExitReason | undefined
    children.set(id, (report) => {
      if (report.kind === 'relay-started') pid = report.pid
      else if (report.kind === 'relay-message') messages.emit(report.message)
      else {
        children.delete(id)
        ended = report.reason
        exits.emit(ended)
      }
    })
    ask({ kind: 'relay-start', id, child: relayed(kind), args: [...args] })
    return {
      get pid() {
        return pid
      },
      post: (message) => {
        if (!ended) ask({ kind: 'relay-post', id, message })
      },
      onMessage: messages.add,
      onExit(listener) {
        if (!ended) return exits.add(listener)
        const reason = ended
        queueMicrotask(() => listener(reason))
        return () => {}
      },
      kill: () => {
        if (!ended) ask({ kind: 'relay-kill', id })
      },
    }
  }
}

function relayed(kind: ChildKind): Exclude<ChildKind, 'cabinet'> {
  if (kind === 'cabinet') throw new TypeError('a cabinet is started by the main process only')
  return kind
}
