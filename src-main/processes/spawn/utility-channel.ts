import { Readable } from 'node:stream'
import type { UtilityProcess } from 'electron'
import type { Channel, ExitReason } from './channel.ts'
import { createListeners } from './listeners.ts'
import { createOutputTail } from './output-tail.ts'

/** The channel to a utility process of Electron. */
export function createUtilityChannel(child: UtilityProcess): Channel {
  const messages = createListeners<unknown>()
  const exits = createListeners<ExitReason>()
  const output = createOutputTail(child.stderr instanceof Readable ? child.stderr : null)
  let killed = false
  let ended: ExitReason | undefined
  child.on('message', messages.emit)
  child.on('exit', (code) => {
    ended = { code: killed ? null : code, signal: killed ? 'SIGKILL' : null, output: output.text() }
    exits.emit(ended)
  })
  return {
    get pid() {
      return child.pid
    },
    post: (message) => {
      if (!ended) child.postMessage(message)
    },
    onMessage: messages.add,
    onExit(listener) {
      if (!ended) return exits.add(listener)
      const reason = ended
      queueMicrotask(() => listener(reason))
      return () => {}
    },
    kill() {
      killed = true
      // `kill()` of Electron sends SIGTERM, which a process in native code does not see.
      if (child.pid === undefined) child.once('spawn', () => end(child.pid))
      else end(child.pid)
    },
  }
}

function end(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended a moment ago, which shows as its exit.
  }
}
