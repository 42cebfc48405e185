import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { spawnNode } from '../processes/spawn/spawn-node.ts'
import { isRunning } from '../processes/testing/is-running.ts'
import { createRuntime } from './create-runtime.ts'
import { readNpz } from './tensor/npz.ts'
import { contentOf, type ModelRunner, openModelRunner } from './testing/model-runner.ts'
import { endlessModel, graphOf, identityOf } from './testing/models.ts'

let runner: ModelRunner

beforeAll(async () => {
  runner = await openModelRunner()
})
afterAll(() => runner.close())

/** Fills `size` bytes of memory, again and again. */
const fill = graphOf(
  [{ operator: 'Expand', inputs: ['one', 'shape'], outputs: ['y'] }],
  { one: ['float', [1]], shape: ['int64', [1]] },
  { y: ['float', ['M']] },
)

describe('a run that goes too far', () => {
  it('is killed at its time limit', async () => {
    const failure = runner.runtime.run(await runner.save(endlessModel), {}, { deadline: 300 })
    await expect(failure).rejects.toMatchObject({ code: 'time-out' })
  })

  it('is killed when its caller gives up', async () => {
    const abort = new AbortController()
    const failure = runner.runtime.run(await runner.save(endlessModel), {}, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(failure).rejects.toThrow('enough')
  })

  it('is killed when it takes more memory than it may', async () => {
    const small = createRuntime({ spawn: spawnNode, memoryLimit: 512 * 1024 * 1024 })
    try {
      const failure = small.run(await runner.save(fill), { Inputs: { shape: { Data: [2 ** 32] } } })
      await expect(failure).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') })
    } finally {
      await small.close()
    }
  })

  it('is told when it asks for more memory than there is', async () => {
    const failure = runner.run(await runner.save(fill), { Inputs: { shape: { Data: [2 ** 50] } } })
    await expect(failure).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') })
  })

  it('is told when its inputs or its JSON would be too large', async () => {
    const big = runner.run(await runner.save(identityOf('float')), { Dimensions: { N: 2 ** 40 } })
    await expect(big).rejects.toMatchObject({ code: 'too-large', field: 'Inputs.x' })
    const wide = await runner.save(identityOf('uint8'))
    await expect(runner.run(wide, { Dimensions: { N: 4_000_001 } })).rejects.toMatchObject({
      message: expect.stringContaining('.npz'),
    })
    const body = await contentOf(await runner.runtime.answer(wide, { Dimensions: { N: 4_000_001 } }, 'npz'))
    expect((await readNpz(body)).get('y')?.shape).toEqual([4_000_001])
  })
})

const Report = z.object({ pids: z.array(z.number()).min(1) })

/** Hundredths of a second that a process has computed; where the system does not tell, enough. */
function computed(pid: number): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
  return Number(fields[13])
}

it('ends with its cabinet, in native code too', async () => {
  const { path } = await runner.save(endlessModel)
  const maker = fileURLToPath(new URL('./testing/orphan-maker.ts', import.meta.url))
  const cabinet = fork(maker, [path], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [message]: unknown[] = await once(cabinet, 'message')
  const { pids } = Report.parse(message)
  await expect.poll(() => Math.max(...pids.map(computed))).toBeGreaterThan(50)
  cabinet.kill('SIGKILL')
  await once(cabinet, 'exit')
  await expect.poll(() => pids.filter(isRunning)).toEqual([])
})
