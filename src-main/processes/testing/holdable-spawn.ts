import type { Channel, Spawn } from '../spawn/channel.ts'

export type HoldableSpawn = {
  spawn: Spawn
  /** From now on these processes neither hear nor say anything, as if each were in an endless loop. */
  hold(pids: readonly number[]): void
  /** Whether this process has said anything yet, the first of which is that it is ready. */
  hasSpoken(pid: number): boolean
  /** They hear and say now what was held back, those that still run. */
  release(): void
}

/** Real processes that can be made to hang and to go on, on every system: what passes between them and us is held back. */
export function createHoldableSpawn(spawn: Spawn): HoldableSpawn {
  const held = new Set<number>()
  const spoken = new Set<number>()
  let waiting: (() => void)[] = []

  function holdable(channel: Channel): Channel {
    channel.onMessage(() => {
      if (channel.pid !== undefined) spoken.add(channel.pid)
    })
    const soonOrLater = (act: () => void) => {
      if (channel.pid !== undefined && held.has(channel.pid)) waiting.push(act)
      else act()
    }
    return {
      get pid() {
        return channel.pid
      },
      post: (message) => soonOrLater(() => channel.post(message)),
      onMessage: (listener) => channel.onMessage((message) => soonOrLater(() => listener(message))),
      onExit: (listener) => channel.onExit(listener),
      kill: () => channel.kill(),
    }
  }

  return {
    spawn: (kind, args) => holdable(spawn(kind, args)),
    hasSpoken: (pid) => spoken.has(pid),
    hold(pids) {
      for (const pid of pids) held.add(pid)
    },
    release() {
      held.clear()
      for (const act of waiting.splice(0)) act()
      waiting = []
    },
  }
}
