import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseLostDatabase } from '../../../src-main/cabinet/admin/refuse-lost-database.ts'
import { openCabinet } from '../../../src-main/cabinet/open-cabinet.ts'
import { contentOf } from '../../../src-main/cabinet/testing/content-of.ts'
import { ada, modelBytes, openTestCabinet, patient, upload } from '../../../src-main/cabinet/testing/test-cabinet.ts'
import { spawnNode } from '../../../src-main/processes/spawn/spawn-node.ts'
import { runFaults } from './run-faults.ts'
import { buildShim } from './shim.ts'

// Protects the promise that nothing acknowledged is lost and nothing half is left where a call of the system fails.
// `npm run crash-test -- --faults` fails every call of every operation.

const folder = await mkdtemp(join(tmpdir(), 'shim-'))
const root = join(folder, 'root')
const shim = await buildShim(folder, root)
const isHere = typeof shim !== 'string'
if (!isHere) console.log(shim)

beforeAll(arrange)
afterAll(async () => {
  if (isHere) shim.close()
  await rm(folder, { recursive: true })
})

/** What each step of `touch-files.ts` needs. */
async function arrange(): Promise<void> {
  await rm(root, { recursive: true, force: true })
  await mkdir(root)
  for (const name of ['written', 'renamed']) await writeFile(join(root, name), 'bytes')
}

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
    await arrange()
    const whole = await touch(step, 0)
    expect(whole).toMatchObject({ said: 'done', hits: 0 })
    expect(whole[kind]).toBeGreaterThan(0)
    await arrange()
    const failed = await touch(step, step === 'sqlite' ? 8 : 1)
    expect(failed).toMatchObject({ hits: 1, said: step === 'sqlite' ? expect.stringMatching(/^SQLITE_/) : 'EIO' })
  })

  it('ends the process where it is told to', async () => {
    await expect(touch('write', 1, 'kill')).rejects.toMatchObject({ signal: 'SIGKILL' })
  })
})

it.runIf(isHere)(
  'leaves no half copy of a cabinet that opens, wherever a move is ended, and moves it again',
  async () => {
    if (!isHere) return
    const { cabinet, directory, remove } = await openTestCabinet()
    for (let seed = 0; seed < 3; seed++) {
      await cabinet.functions.create(ada, {}, { bundle: await upload(cabinet, modelBytes(seed)) })
    }
    const expected = await contentOf(cabinet)
    await cabinet.close()
    const program = fileURLToPath(new URL('./copy-cabinet.ts', import.meta.url))
    const to = join(root, 'moved')
    const move = () =>
      promisify(execFile)(process.execPath, [program, directory, to], { env: { ...process.env, ...shim.environment } })
    for (let at = 1; ; at += 9) {
      shim.arm({ at, kind: 'kill' })
      await move().catch(() => undefined)
      if (shim.disarm().hits === 0) break
      // Nothing is there before the note, and all of it once the database has its name.
      if (existsSync(join(to, 'files')) && !existsSync(join(to, 'cabinet.db')))
        expect(() => refuseLostDatabase(to)).toThrow('was interrupted')
      if (existsSync(join(to, 'cabinet.db'))) break
    }
    const moved = await openCabinet({ dataDirectory: to, spawn: spawnNode, settings: patient })
    expect(await contentOf(moved)).toEqual(expected)
    await moved.close()
    await remove()
  },
)

it.runIf(isHere)('keeps what was acknowledged where a call fails or ends the program', async () => {
  const result = await runFaults({ names: ['upload', 'import'], kinds: ['ENOSPC', 'kill'], step: 90, say: () => {} })
  expect(result).toMatchObject({ findings: [] })
})
