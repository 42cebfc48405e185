import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { FunctionDetail } from '../../src-contract/contract/functions/function.ts'
import { withForm } from '../api/testing/test-api.ts'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { isRunning } from '../processes/testing/is-running.ts'
import { type Served, startServeWith } from './testing/start-serve.ts'

// Protects scripts from a cabinet that is gone or hangs until somebody notices, and from processes that outlive what started them.

const Health = z.object({ Processes: z.array(z.object({ Pid: z.int().nullable() })) })

let directory: string
let served: Served
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'watchdog-'))
  const entry = fileURLToPath(new URL('./testing/impatient-serve.ts', import.meta.url))
  served = await startServeWith({ entry }, '--data', directory, '--port', '0')
})
afterEach(async () => {
  if (served.child.exitCode === null && served.child.signalCode === null) await served.end('SIGKILL')
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const cabinet = () => Number(readFileSync(join(directory, 'lock.pid'), 'utf8'))
const isThere = (path: string) =>
  served.fetch(path).then(
    ({ status }) => status,
    () => 0,
  )

it.skipIf(process.platform === 'win32').each(['SIGSTOP', 'SIGKILL'] as const)(
  'puts another cabinet in the place of one that got %s, with all that was acknowledged',
  async (signal) => {
    const form = withForm('POST', { file: { bytes: new Uint8Array(modelBytes()), name: 'model.onnx' } })
    const made = FunctionDetail.parse(await (await served.fetch('/functions', form)).json())
    const first = cabinet()
    process.kill(first, signal)
    await expect.poll(() => isRunning(first)).toBe(false)
    await expect.poll(() => isThere(`/function/${made.UUID}`)).toBe(200)
    expect(cabinet()).not.toBe(first)
    expect(served.output().stdout.trim().split('\n')).toHaveLength(1)
    await expect.poll(() => served.output().stderr).toContain('The cabinet is running again.')
    expect(served.output().stderr).toContain("The cabinet's process ended: it was stopped by SIGKILL.")
    expect(await served.end('SIGTERM')).toEqual({ code: 0, signal: null })
  },
)

it('leaves no process behind when it is killed itself', async () => {
  const { Processes } = Health.parse(await (await served.fetch('/admin/health')).json())
  const pids = [cabinet(), ...Processes.flatMap(({ Pid }) => Pid ?? [])]
  expect(pids.filter(isRunning)).toEqual(pids)
  await served.end('SIGKILL')
  await expect.poll(() => pids.filter(isRunning)).toEqual([])
})

it.skipIf(process.platform === 'win32')('ends in order when its cabinet is told to end', async () => {
  const ended = new Promise((resolve) => served.child.on('exit', (code) => resolve(code)))
  process.kill(cabinet(), 'SIGTERM')
  expect(await ended).toBe(0)
})
