import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type RunRequest, RunResult } from '../../../src-contract/contract/models/run.ts'
import type { RunFormat } from '../../../src-contract/contract/models/run-size.ts'
import { buildModel, type ModelSpec } from '../../onnx/testing/model-builder.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { isRunning } from '../../processes/testing/is-running.ts'
import { createRuntime, type Runtime } from '../create-runtime.ts'
import type { RunAnswer } from '../run-file.ts'

/** As what a run takes, with the bytes of the file instead of its path. */
export type GivenInputs = RunRequest & { File?: { format: RunFormat; bytes: Uint8Array } }

/** A real runtime with a folder for models. */
export type ModelRunner = {
  runtime: Runtime
  folder: string
  save(spec: ModelSpec): Promise<{ path: string }>
  run(file: { path: string }, inputs: GivenInputs): Promise<RunResult>
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
    async run(file, { File, ...request }) {
      const path = join(folder, 'inputs')
      if (File) await writeFile(path, File.bytes)
      const inputs = { ...request, ...(File && { File: { format: File.format, path } }) }
      return RunResult.parse(JSON.parse((await contentOf(await runtime.answer(file, inputs, 'json'))).toString()))
    },
    async close() {
      const pids = runtime.pids()
      await runtime.close()
      expect(pids.filter(isRunning)).toEqual([])
      await rm(folder, { recursive: true })
    },
  }
}

/** What a run answered, whose file is then gone. */
export async function contentOf({ path, discard }: RunAnswer): Promise<Buffer> {
  const body = await readFile(path)
  await discard()
  return body
}
