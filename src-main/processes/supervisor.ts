import { setMaxListeners } from 'node:events'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { SupervisorState } from '../../src-contract/contract/desktop/bridge.ts'
import { createListeners } from './spawn/listeners.ts'

/** Something that runs until it ends: a child process that is ready, or a connection to one. */
export type Connection<Value> = {
  value: Value
  /** Resolves when it has ended, by itself or by `close`. */
  ended: Promise<void>
  close(): Promise<void>
}

export type SupervisorOptions<Value> = {
  /** Starts it and resolves when it is ready. @throws Error with a sentence where it cannot be had now */
  connect(signal: AbortSignal): Promise<Connection<Value>>
  /** How long a request waits for it, in milliseconds. */
  patience?: number
  /** Milliseconds between attempts, the last one again and again. */
  pauses?: readonly number[]
}

export interface Supervisor<Value> {
  readonly state: SupervisorState
  onState(listener: (state: SupervisorState) => void): () => void
  /** The present one; where there is none, waits for it. @throws Problem `unavailable` when patience is at its end, or it failed */
  get(): Promise<Value>
  close(): Promise<void>
}

/** Keeps something running: when it ends it is started again at once, and where that fails, after growing pauses. */
export function supervise<Value>({
  connect,
  patience = 15_000,
  pauses = [100, 1_000, 5_000],
}: SupervisorOptions<Value>): Supervisor<Value> {
  const states = createListeners<SupervisorState>()
  const closing = new AbortController()
  // As many requests wait as the window makes before the cabinet is open.
  setMaxListeners(0, closing.signal)
  let state: SupervisorState = { state: 'starting', message: '', restarts: 0 }
  let current: Connection<Value> | undefined
  const over = keep()

  function tell(next: SupervisorState): void {
    state = next
    states.emit(next)
  }

  async function keep(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      try {
        current = await connect(closing.signal)
        if (closing.signal.aborted) break
        failures = 0
        tell({ ...state, state: 'ready', message: state.restarts > 0 ? 'The cabinet is running again.' : '' })
        await current.ended
        current = undefined
        if (closing.signal.aborted) break
        tell({
          state: 'restarting',
          message: 'The cabinet crashed and is restarting. Saved data is not affected.',
          restarts: state.restarts + 1,
        })
      } catch (error) {
        failures += 1
        if (closing.signal.aborted) break
        if (failures >= pauses.length) {
          const reason = error instanceof Error ? error.message : String(error)
          tell({ ...state, state: 'failed', message: reason })
        }
        await pause(pauses[Math.min(failures, pauses.length) - 1] ?? 0, closing.signal)
      }
    }
  }

  return {
    get state() {
      return state
    },
    onState: states.add,
    get() {
      if (current !== undefined) return Promise.resolve(current.value)
      if (state.state === 'failed') return Promise.reject(new Problem('unavailable', state.message))
      return new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(timer)
          stop()
          closing.signal.removeEventListener('abort', closed)
          act()
        }
        const closed = () => finish(() => reject(new Problem('unavailable', 'The cabinet is closing.')))
        const timer = setTimeout(
          () => finish(() => reject(new Problem('unavailable', 'The cabinet does not respond; it is still starting.'))),
          patience,
        )
        const stop = states.add((next) => {
          if (next.state === 'failed') finish(() => reject(new Problem('unavailable', next.message)))
          const value = current
          if (next.state === 'ready' && value !== undefined) finish(() => resolve(value.value))
        })
        closing.signal.addEventListener('abort', closed)
      })
    },
    async close() {
      closing.abort()
      await current?.close()
      await over
    },
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
