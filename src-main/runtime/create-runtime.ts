import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import type { RuntimeCheck } from '../../src-contract/inspection.ts'
import { Problem } from '../../src-contract/problem.ts'
import type { Spawn } from '../processes/channel.ts'
import { createPool } from '../processes/pool.ts'
import { checkFile } from './check-file.ts'
import { LAYOUT_PREFIX, type LaidOut, layOutModel } from './lay-out-model.ts'
import type { ModelFile } from './model-file.ts'

export type RuntimeOptions = {
  spawn: Spawn
  /** Folder of our own, on the volume of the models, for what is laid out while they run; swept at start. By default the system's. */
  workFolder?: string
  /** Bytes that a runtime process may take; by default three quarters of the machine's memory. */
  memoryLimit?: number
  /** Milliseconds that opening a model may take in a check. */
  checkLimit?: number
}

/** What is done with a model in the runtime process. Every call may throw Problem, and rejects with its signal's reason. */
export interface Runtime {
  /** Whether ONNX Runtime opens the model here. It waits until nobody else needs a process. */
  check(file: ModelFile, options?: { signal?: AbortSignal }): Promise<RuntimeCheck>
  /** Process ids of the runtime processes. */
  pids(): number[]
  /** Ends every runtime process. */
  close(): Promise<void>
}

const GIBIBYTE = 1024 ** 3

/** Starts the runtime processes: one stands ready at any time, two work at most. */
export function createRuntime({
  spawn,
  workFolder,
  memoryLimit = Math.max(2 * GIBIBYTE, Math.round(totalmem() * 0.75)),
  checkLimit = 60_000,
}: RuntimeOptions): Runtime {
  const pool = createPool({ spawn, kind: 'runtime', args: [String(memoryLimit)], size: 2, spare: 1 })
  const folder = workFolder === undefined ? Promise.resolve(tmpdir()) : swept(workFolder)
  // Whoever uses it hears of a failure; until then nobody listens.
  folder.catch(() => {})

  async function withModel<Result>(file: ModelFile, use: (laidOut: LaidOut) => Promise<Result>): Promise<Result> {
    const found = await stat(file.path).catch(() => undefined)
    if (!found?.isFile()) throw new Problem('not-found', "The model's file is not there.")
    const laidOut = await layOutModel(file, await folder)
    try {
      return await use(laidOut)
    } finally {
      await laidOut.remove()
    }
  }

  return {
    check: (file, { signal } = {}) =>
      withModel(file, ({ path }) => checkFile(pool, path, { deadline: checkLimit, ...(signal && { signal }) })),
    pids: pool.pids,
    close: pool.close,
  }
}

/** Removes what a killed cabinet left. */
async function swept(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const left = (await readdir(folder)).filter((name) => name.startsWith(LAYOUT_PREFIX))
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })))
  return folder
}
