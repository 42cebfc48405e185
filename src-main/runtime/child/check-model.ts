import type { TaskContext } from '../../processes/task.ts'
import { openSession, runtimeVersion } from './session.ts'

/** A process that has grown by this much is replaced, so that one big model does not count against the next. */
const GROWTH_LIMIT = 256 * 1024 * 1024
const startingMemory = process.memoryUsage.rss()

/** Opens the model and closes it again. */
export async function checkModel({ path }: { path: string }, { retire }: TaskContext) {
  try {
    // One thread, since a check goes on behind other work.
    const { session, loadTime } = await openSession(path, 1)
    await session.release()
    return { loadTime, failure: null, version: runtimeVersion }
  } catch (error) {
    return { loadTime: null, failure: error instanceof Error ? error.message : String(error), version: runtimeVersion }
  } finally {
    if (process.memoryUsage.rss() - startingMemory > GROWTH_LIMIT) retire()
  }
}
