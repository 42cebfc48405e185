import type { TaskContext } from '../../processes/pool/task.ts'
import { retireWhenGrown } from './retire-when-grown.ts'
import { openSession, runtimeVersion } from './session.ts'

/** Opens the model and closes it again. */
export async function checkModel({ path }: { path: string }, context: TaskContext) {
  try {
    // One thread, since a check goes on behind other work.
    const { session, loadTime } = await openSession(path, 1)
    await session.release()
    return { loadTime, failure: null, version: runtimeVersion }
  } catch (error) {
    return { loadTime: null, failure: error instanceof Error ? error.message : String(error), version: runtimeVersion }
  } finally {
    retireWhenGrown(context)
  }
}
