import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { BenchmarkRequest, BenchmarkResult } from '../../src-contract/contract/models/benchmark.ts'
import type { OutputDifference } from '../../src-contract/contract/models/compare.ts'
import type { RuntimeCheck } from '../../src-contract/contract/models/inspection.ts'
import { createPool } from '../processes/pool/pool.ts'
import type { Spawn } from '../processes/spawn/channel.ts'
import { type BenchmarkOptions, benchmarkFile } from './benchmark-file.ts'
import { checkFile } from './check-file.ts'
import { type CompareOptions, compareOutputs } from './compare-outputs.ts'
import { LAYOUT_PREFIX, layOutModel } from './lay-out-model.ts'
import type { ModelFile } from './model-file.ts'
import {
  ANSWER_PREFIX,
  type RunAnswer,
  type RunInputs,
  type RunOptions,
  type RunOutcome,
  runToFile,
  runToTensors,
} from './run-file.ts'
import type { OpenedModel } from './tasks.ts'

export type RuntimeOptions = {
  spawn: Spawn
  /** Private folder, on the volume of the models, for those that are laid out while they run; swept at start. By default the system's. */
  workFolder?: string
  /** When a process is to stand ready; at once unless told. */
  spareAfter?: Promise<unknown>
  /** Milliseconds in which a process must be ready. */
  startupLimit?: number | undefined
  /** Bytes that a runtime process may take; by default three quarters of the machine's memory. */
  memoryLimit?: number
  /** Milliseconds that opening a model may take in a check. */
  checkLimit?: number
}

/** What is done with a model in the runtime process. Every call may throw Problem, and rejects with its signal's reason. */
export interface Runtime {
  /** Whether ONNX Runtime opens the model here. It waits until nobody else needs a process. */
  check(file: ModelFile, options?: { signal?: AbortSignal | undefined }): Promise<RuntimeCheck>
  /**
   * Runs the model once, in a fresh process, and gives the outputs as tensors.
   * @throws Problem invalid with the input that is wrong as its field, too-large, time-out
   */
  run(file: ModelFile, inputs: RunInputs, options?: RunOptions): Promise<RunOutcome>
  /** Does the same, and gives the answer in a file as it goes out: the text of a RunResult, or `.npz`. */
  answer(file: ModelFile, inputs: RunInputs, format: 'json' | 'npz', options?: RunOptions): Promise<RunAnswer>
  /** Runs the model many times, in a fresh process, and measures it. Aborting the signal kills the process. */
  benchmark(file: ModelFile, request: BenchmarkRequest, options?: Partial<BenchmarkOptions>): Promise<BenchmarkResult>
  /**
   * Runs both models on the same random inputs and tells how far their outputs are apart, in the order of the left one's.
   * @throws Problem where the left one cannot be run; what is wrong with the right one stands in the answer
   */
  compareOutputs(left: ModelFile, right: ModelFile, options?: CompareOptions): Promise<OutputDifference[]>
  /** Process ids of the runtime processes. */
  pids(): number[]
  /** Ends every runtime process. */
  close(): Promise<void>
}

const GIBIBYTE = 1024 ** 3
const RUN_LIMIT = 60_000
const BENCHMARK_LIMIT = 30 * 60_000

/** Starts the runtime processes: one stands ready at any time, three work at most, two of them on checks. */
export function createRuntime({
  spawn,
  workFolder,
  spareAfter,
  startupLimit,
  memoryLimit = Math.max(2 * GIBIBYTE, Math.round(totalmem() * 0.75)),
  checkLimit = 60_000,
}: RuntimeOptions): Runtime {
  const pool = createPool({
    spawn,
    kind: 'runtime',
    args: [String(memoryLimit)],
    size: 3,
    spare: 1,
    startupLimit,
    ...(spareAfter && { spareAfter }),
  })
  const folder = workFolder === undefined ? Promise.resolve(tmpdir()) : swept(workFolder)
  // Whoever uses it hears of a failure; until then nobody listens.
  folder.catch(() => {})

  async function withModel<Result>(file: ModelFile, use: (model: OpenedModel) => Promise<Result>): Promise<Result> {
    const found = await stat(file.path).catch(() => undefined)
    if (!found?.isFile()) throw new Problem('not-found', "The model's file is not there.")
    const laidOut = await layOutModel(file, await folder)
    try {
      const { externalMessage } = file
      return await use({ path: laidOut.path, ...(externalMessage !== undefined && { externalMessage }) })
    } finally {
      await laidOut.remove()
    }
  }

  const run: Runtime['run'] = (file, inputs, { deadline = RUN_LIMIT, ...rest } = {}) =>
    withModel(file, (model) => runToTensors(pool, model, inputs, { deadline, ...rest }))

  return {
    check: (file, { signal } = {}) =>
      withModel(file, (model) => checkFile(pool, model, { deadline: checkLimit, signal })),
    run,
    compareOutputs: (left, right, options = {}) => compareOutputs(run, left, right, options),
    answer: (file, inputs, format, { deadline = RUN_LIMIT, ...rest } = {}) =>
      withModel(file, async (model) =>
        runToFile(pool, model, inputs, { folder: await folder, format }, { deadline, ...rest }),
      ),
    benchmark: (file, request, { deadline = BENCHMARK_LIMIT, ...rest } = {}) =>
      withModel(file, (model) => benchmarkFile(pool, model, request, { deadline, ...rest })),
    pids: pool.pids,
    close: pool.close,
  }
}

/** Removes what a killed cabinet left. */
async function swept(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(LAYOUT_PREFIX) || name.startsWith(ANSWER_PREFIX),
  )
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })))
  return folder
}
