import { Worker } from 'node:worker_threads'

/** Environment variable that tells a child its parent's process id. */
export const PARENT_PID = 'MODEL_CABINET_PARENT_PID'

/** What the watch writes to standard error before it ends a process that takes too much memory. */
export const MEMORY_LIMIT_NOTICE = 'model-cabinet: memory limit exceeded'

const INTERVAL = 200

/**
 * The thread's program, as text: a bundle or an archive then needs no further file. It ends the process by SIGKILL, which
 * works while the main thread is in a loop or in native code. The parent is gone when our parent id changes (Linux, macOS)
 * or when no such process exists any more (Windows, where the id stays).
 */
const program = `
const { workerData } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const { parentPid, grace, memoryLimit, interval, notice } = workerData
const directParent = process.ppid
const exists = () => {
  try {
    process.kill(parentPid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
const end = () => process.kill(process.pid, 'SIGKILL')
let goneAt
setInterval(() => {
  const now = performance.now()
  if (goneAt === undefined && (process.ppid !== directParent || !exists())) goneAt = now
  if (goneAt !== undefined && now - goneAt >= grace) end()
  if (memoryLimit > 0 && process.memoryUsage.rss() > memoryLimit) {
    try {
      writeSync(2, notice + '\\n')
    } catch {}
    end()
  }
}, interval)
`

export type WatchOptions = {
  /** Milliseconds that the process may go on after its parent has gone. */
  grace?: number
  /** Bytes of resident memory from which on the process is ended; 0 for no limit. */
  memoryLimit?: number
}

/** Ends this process when its parent is gone, or when it takes more memory than it may. Notices either within 0.4 s. */
export function watchParent({ grace = 0, memoryLimit = 0 }: WatchOptions = {}): void {
  const told = Number(process.env[PARENT_PID])
  const parentPid = Number.isInteger(told) && told > 0 ? told : process.ppid
  const worker = new Worker(program, {
    eval: true,
    workerData: { parentPid, grace, memoryLimit, interval: INTERVAL, notice: MEMORY_LIMIT_NOTICE },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  })
  worker.unref()
}
