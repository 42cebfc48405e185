import { createListeners } from '../spawn/listeners.ts'

/** A child's end of its channel. */
export interface Parent {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): () => void
}

/** Electron's message port, as far as it is used here. */
type Port = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): unknown
  start?(): void
}

/**
 * Connects to whoever started this process: Electron's `utilityProcess` or `child_process.fork`. Where Electron's main
 * process hands over a port, messages go through that from then on, straight to the process that asked for this child.
 * @throws Error where the process was started by hand
 */
export function connectParent(): Parent {
  const self: object = process
  if (hasParentPort(self)) return connectPort(self.parentPort)
  if (process.send) return connectFork()
  throw new Error('This program is started by Model Cabinet itself, not by hand.')
}

function connectFork(): Parent {
  // The channel closes the moment the parent dies. SIGKILL, since exiting while ONNX Runtime works would abort instead.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  return {
    post(message) {
      // A parent that died a moment ago shows as the end of the channel; the failure to send needs no report of its own.
      process.send?.(message, undefined, undefined, () => {})
    },
    onMessage(listener) {
      process.on('message', listener)
      return () => process.off('message', listener)
    },
  }
}

function connectPort(first: Port): Parent {
  const listeners = createListeners<unknown>()
  let port = first
  const listen = (to: Port) => {
    to.on('message', ({ data, ports }) => {
      const [handed] = ports
      if (handed === undefined) listeners.emit(data)
      else listen(handed)
    })
    to.start?.()
    port = to
  }
  listen(first)
  return { post: (message) => port.postMessage(message), onMessage: listeners.add }
}

function hasParentPort(from: object): from is { parentPort: Port } {
  return 'parentPort' in from && typeof from.parentPort === 'object' && from.parentPort !== null
}
