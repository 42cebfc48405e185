import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PARENT_PID } from '../child/parent-watch.ts'
import { type ChildKind, type ExitReason, keepsLog, type Spawn } from './channel.ts'
import { createListeners } from './listeners.ts'
import { createOutputTail } from './output-tail.ts'

export type NodeSpawnOptions = {
  /** The Node that runs the child; by default the one that runs us. */
  execPath?: string
  /** The file that the child runs. */
  entryOf?: (kind: ChildKind) => string
  /** Variables for the child in addition to our own. */
  environment?: Record<string, string>
}

/**
 * Starts children as Node processes (`child_process.fork`). The cabinet's standard error is ours, since its log goes there;
 * a reader's and a runtime's is kept back but for its tail, so that nothing that a model makes them print floods ours.
 */
export function createNodeSpawn({
  execPath = process.execPath,
  entryOf = ownEntry,
  environment = {},
}: NodeSpawnOptions = {}): Spawn {
  return (kind, args = []) => {
    const child = fork(entryOf(kind), [...args], {
      execPath,
      execArgv: [
        ...process.execArgv.filter((argument) => argument.startsWith('--experimental-strip-types')),
        ...(kind === 'reader' ? readerFlags : []),
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', keepsLog(kind) ? 'inherit' : 'pipe', 'ipc'],
      windowsHide: true,
      env: { ...withoutNodeOptions(process.env), ...environment, [PARENT_PID]: String(process.pid) },
    })
    const messages = createListeners<unknown>()
    const exits = createListeners<ExitReason>()
    const output = createOutputTail(child.stderr)
    let ended: ExitReason | undefined
    const end = (code: number | null, signal: string | null, said: string) => {
      if (ended) return
      ended = { code, signal, output: said }
      exits.emit(ended)
    }
    child.on('message', messages.emit)
    // `close` comes after `exit` and after the last of the standard error.
    child.on('close', (code, signal) => end(code, signal, output.text()))
    child.on('error', (error) => {
      if (child.pid === undefined) end(null, null, error.message)
    })
    return {
      get pid() {
        return child.pid
      },
      post(message) {
        // A child that died a moment ago shows as an exit, so a failure to send needs no report of its own.
        if (child.connected) child.send(ensureSendable(message), () => {})
      },
      onMessage: messages.add,
      onExit(listener) {
        if (ended) {
          const reason = ended
          queueMicrotask(() => listener(reason))
          return () => {}
        }
        return exits.add(listener)
      },
      kill() {
        child.kill('SIGKILL')
      },
    }
  }
}

/**
 * MiB of room for what is new, from the start: else it grows from 1 MiB by being cleared again and again, which costs the reader of a
 * large graph a third of its time. It does not raise the peak of its memory.
 */
const readerFlags = ['--min-semi-space-size=8']

/** Starts the project's own children with the Node that runs us. */
export const spawnNode: Spawn = createNodeSpawn()

/** Sources run from `src-main/entries`, the bundle from one folder with an entry for each kind. */
function ownEntry(kind: ChildKind): string {
  const here = import.meta.url
  return fileURLToPath(
    here.endsWith('.ts') ? new URL(`../../entries/${kind}.ts`, here) : new URL(`./${kind}.cjs`, here),
  )
}

/** Debuggers and loaders asked for in the parent are not meant for its children. */
function withoutNodeOptions(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = environment
  return rest
}

/** Node refuses to send `undefined` as a message of its own; everything else that clones goes through. */
function ensureSendable(message: unknown): object {
  if (typeof message === 'object' && message !== null) return message
  throw new TypeError('a message to a child must be an object')
}
