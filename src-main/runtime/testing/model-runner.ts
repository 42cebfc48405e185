import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { RunResult } from '../../../src-contract/contract/models/run.ts'
import { buildModel, type ModelSpec } from '../../onnx/testing/model-builder.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { isRunning } from '../../processes/testing/is-running.ts'
import { createRuntime, type Runtime } from '../create-runtime.ts'
import type { RunInputs } from '../run-file.ts'

/** A real runtime with a folder for models. */
export type ModelRunner = {
  runtime: Runtime
  folder: string
  save(spec: ModelSpec): Promise<{ path: string }>
  run(file: { path: string }, inputs: RunInputs): Promise<RunResult>
  /** Ends it, and holds it to leaving no process. */
  close(): Promise<void>
}

export async function openModelRunner(): Promise<ModelRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'))
  const runtime = createRuntime({ spawn: spawnNode, workFolder: join(folder, 'work') })
  let saved = 0
  return {
    runtime,
    folder,
    async save(spec) {
      const path = join(folder, `model${saved++}`)
      await writeFile(path, buildModel(spec))
      return { path }
    },
    async run(file, inputs) {
      const { body } = await runtime.answer(file, inputs, 'json')
      return RunResult.parse(JSON.parse(Buffer.from(body).toString()))
    },
    async close() {
      const pids = runtime.pids()
      await runtime.close()
      expect(pids.filter(isRunning)).toEqual([])
      await rm(folder, { recursive: true })
    },
  }
}
