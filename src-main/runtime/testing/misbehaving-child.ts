import { setTimeout as wait } from 'node:timers/promises'
import { watchParent } from '../../processes/child/parent-watch.ts'
import { serveTasks } from '../../processes/pool/serve-tasks.ts'
import { implement } from '../../processes/pool/task.ts'
import { checkTask } from '../tasks.ts'

// A runtime that ends the way native code does: it aborts on one model and takes all memory on another.
watchParent({ memoryLimit: Number(process.argv[2]) })
serveTasks([
  implement(checkTask, async ({ path }) => {
    if (path.endsWith('aborts')) process.abort()
    const hoard: Buffer[] = []
    for (;;) {
      hoard.push(Buffer.alloc(8 * 1024 * 1024, 1))
      await wait(1)
    }
  }),
])
