import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { watchParent } from '../child/parent-watch.ts'
import { serveTasks } from '../pool/serve-tasks.ts'
import { implement } from '../pool/task.ts'
import { tasks } from './tasks.ts'

const MEBIBYTE = 1024 * 1024

watchParent({ memoryLimit: Number(process.env.TEST_MEMORY_LIMIT ?? 0) })
serveTasks([
  implement(tasks.add, ({ left, right }) => left + right),
  implement(tasks.refuse, ({ field }) => {
    throw new Problem('invalid', 'It is not to be had.', { field })
  }),
  implement(tasks.throwError, () => {
    throw new Error('something broke')
  }),
  implement(tasks.misanswer, () => JSON.parse('17')),
  implement(tasks.spin, () => {
    for (;;);
  }),
  implement(tasks.waitForFile, async ({ path, label }, { report }) => {
    report('waiting')
    while (!existsSync(path)) await wait(5)
    return { label, pid: process.pid }
  }),
  implement(tasks.exit, ({ code }) => process.exit(code)),
  implement(tasks.hoard, async () => {
    const hoard: Buffer[] = []
    for (;;) {
      hoard.push(Buffer.alloc(8 * MEBIBYTE, 1))
      await wait(1)
    }
  }),
  implement(tasks.shout, ({ bytes }) => {
    process.stderr.write('x'.repeat(bytes))
    return bytes
  }),
  implement(tasks.pid, () => process.pid),
  implement(tasks.retire, (_, { retire }) => {
    retire()
    return process.pid
  }),
  implement(tasks.echo, (value) => value),
  implement(tasks.args, () => process.argv.slice(2)),
])
