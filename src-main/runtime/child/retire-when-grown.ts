import type { TaskContext } from '../../processes/pool/task.ts'

/** A process that has grown by this much is replaced, so that one big model does not count against the next. */
const GROWTH_LIMIT = 256 * 1024 * 1024
const startingMemory = process.memoryUsage.rss()

/** Ends the process after this task where the task left it big. */
export function retireWhenGrown({ retire }: TaskContext): void {
  if (process.memoryUsage.rss() - startingMemory > GROWTH_LIMIT) retire()
}
