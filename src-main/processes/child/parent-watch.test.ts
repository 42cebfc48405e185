import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { isRunning } from '../testing/is-running.ts'

const Report = z.object({ pids: z.array(z.number()).min(2) })

it('leaves no child when the parent was killed, though one blocks its main thread', async () => {
  const maker = fileURLToPath(new URL('../testing/orphan-maker.ts', import.meta.url))
  const parent = fork(maker, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [message]: unknown[] = await once(parent, 'message')
  const { pids } = Report.parse(message)
  expect(pids.filter(isRunning)).toEqual(pids)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect.poll(() => pids.filter(isRunning)).toEqual([])
})
