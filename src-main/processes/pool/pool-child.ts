import type { z } from 'zod'
import type { Channel, ExitReason } from '../spawn/channel.ts'
import { TaskReply, type TaskRequest } from './task.ts'

/** `ending`: told to end, but its exit is not reported yet. */
type PoolChildState = 'starting' | 'idle' | 'busy' | 'ending'

/** One process of a pool. */
export interface PoolChild {
  readonly state: PoolChildState
  readonly pid: number | undefined
  /** Whether it was ever given a task. */
  readonly hasWorked: boolean
  /** Whether it was ended because it was not ready in time. */
  readonly isLate: boolean
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>
  work(request: z.infer<typeof TaskRequest>): void
  /** It is ready, or its task is done: stands ready, and after `idleLimit` ms ends if `superfluous` says so then. */
  rest(idleLimit: number, superfluous: () => boolean): void
  end(): void
}

type Events = {
  startupLimit: number
  onReply(reply: TaskReply): void
  /** Called once, with the state it was in before it ended; not `ending` where it ended by itself. */
  onGone(exit: ExitReason, was: PoolChildState): void
}

/** Wraps a child's channel in the states a pool knows. */
export function createPoolChild(channel: Channel, { startupLimit, onReply, onGone }: Events): PoolChild {
  let state: PoolChildState = 'starting'
  let hasWorked = false
  let idleTimer: NodeJS.Timeout | undefined
  const ended = new Promise<void>((resolve) => channel.onExit(() => resolve()))
  let isLate = false
  const startup = setTimeout(() => {
    isLate = true
    channel.kill()
  }, startupLimit)

  channel.onMessage((message) => {
    const { success, data } = TaskReply.safeParse(message)
    if (!success) return channel.kill()
    if (data.kind === 'ready' && state === 'starting') {
      clearTimeout(startup)
      state = 'idle'
    }
    if (state !== 'ending') onReply(data)
  })
  channel.onExit((exit) => {
    clearTimeout(startup)
    clearTimeout(idleTimer)
    const was = state
    state = 'ending'
    onGone(exit, was)
  })

  const end = () => {
    state = 'ending'
    channel.kill()
  }
  return {
    get state() {
      return state
    },
    get pid() {
      return channel.pid
    },
    get hasWorked() {
      return hasWorked
    },
    get isLate() {
      return isLate
    },
    ended,
    work(request) {
      hasWorked = true
      clearTimeout(idleTimer)
      state = 'busy'
      channel.post(request)
    },
    rest(idleLimit, superfluous) {
      state = 'idle'
      const look = () => {
        if (superfluous()) end()
      }
      idleTimer = setTimeout(look, idleLimit).unref()
    },
    end,
  }
}
