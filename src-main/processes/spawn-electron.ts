import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { ChildKind, ExitReason, Spawn } from './channel.ts'
import { createListeners } from './listeners.ts'
import { createOutputTail } from './output-tail.ts'
import { PARENT_PID } from './parent-watch.ts'

/**
 * Starts children as Electron's utility processes. Only the main process can, and only after `ready`.
 * The cabinet's standard error is ours, since its log goes there; the others' is kept back but for its tail.
 */
export const spawnElectron: Spawn = (kind, args = []) => {
  const child = utilityProcess.fork(entryOf(kind), [...args], {
    serviceName: `Model Cabinet ${kind}`,
    stdio: ['ignore', 'ignore', kind === 'cabinet' ? 'inherit' : 'pipe'],
    env: { ...process.env, [PARENT_PID]: String(process.pid) },
  })
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

/** The bundle's entry of that kind, beside the one that runs. */
function entryOf(kind: ChildKind): string {
  return fileURLToPath(new URL(`./${kind}.cjs`, import.meta.url))
}
