import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runFaults } from './run-faults.ts'
import { buildShim } from './shim.ts'

// Protects the promise that nothing acknowledged is lost and nothing half is left where a call of the system fails.
// `npm run crash-test -- --faults` fails every call of every operation.

const folder = await mkdtemp(join(tmpdir(), 'shim-'))
const root = join(folder, 'root')
const shim = await buildShim(folder, root)
const isHere = typeof shim !== 'string'
if (!isHere) console.log(shim)

beforeAll(() => mkdir(root))
afterAll(async () => {
  if (isHere) shim.close()
  await rm(folder, { recursive: true })
})

/** What becomes of a call, and what was counted. */
async function touch(step: string, at: number, kind: 'EIO' | 'EMFILE' | 'kill' = 'EIO') {
  if (!isHere) throw new Error(shim)
  shim.arm({ at, kind })
  const program = fileURLToPath(new URL('./touch-files.ts', import.meta.url))
  const environment = { ...process.env, ...shim.environment }
  const { stdout } = await promisify(execFile)(process.execPath, [program, root, step], { env: environment })
  return { said: stdout, ...shim.disarm() }
}

describe.runIf(isHere)('the shim', () => {
  it.each([
    ['write', 'write'],
    ['sync', 'sync'],
    ['rename', 'rename'],
    ['link', 'link'],
    ['copy', 'write'],
    ['sqlite', 'sync'],
  ] as const)('counts the calls of %s, and fails the one that it is told to', async (step, kind) => {
    const whole = await touch(step, 0)
    expect(whole).toMatchObject({ said: 'done', hits: 0 })
    expect(whole[kind]).toBeGreaterThan(0)
    await rm(join(root, 'linked'), { force: true })
    await touch('write', 0)
    await touch('rename', 0)
    await touch('write', 0)
    const failed = await touch(step, step === 'sqlite' ? 8 : 1)
    expect(failed).toMatchObject({ hits: 1, said: step === 'sqlite' ? expect.stringMatching(/^SQLITE_/) : 'EIO' })
  })

  it('ends the process where it is told to', async () => {
    await expect(touch('write', 1, 'kill')).rejects.toMatchObject({ signal: 'SIGKILL' })
  })
})

it.runIf(isHere)('keeps what was acknowledged where a call fails or ends the program', async () => {
  const result = await runFaults({ names: ['upload', 'import'], kinds: ['ENOSPC', 'kill'], step: 90, say: () => {} })
  expect(result).toMatchObject({ problems: [] })
})
