import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { RunFigures, RunRequest } from '../../src-contract/contract/models/run.ts'
import type { Tensor } from '../../src-contract/util/tensor.ts'
import { ChildFailure } from '../processes/pool/child-failure.ts'
import type { Pool } from '../processes/pool/pool.ts'
import { type AnswerForm, type InputFile, type OpenedModel, runTask } from './tasks.ts'

export const ANSWER_PREFIX = 'answer-'

/** What a model is run on: the request of the API, or the file that holds it. */
export type RunInputs = RunRequest & { File?: InputFile }

/** Outputs as tensors, with what the run took, and the shapes that the inputs had. */
export type RunOutcome = { figures: RunFigures; outputs: Map<string, Tensor>; inputs: Map<string, number[]> }

/** Outputs as they go out, in a file of `size` bytes: the text of a RunResult, or `.npz`. Whoever asked for it discards it. */
export type RunAnswer = { figures: RunFigures; path: string; size: number; discard(): Promise<void> }

export type RunOptions = {
  signal?: AbortSignal | undefined
  /** Milliseconds for opening and running, waiting for a process not included; 60 s by default. */
  deadline?: number
}

type Options = RunOptions & { deadline: number }

/** Runs a model, and gives its outputs as tensors. */
export async function runToTensors(
  pool: Pool,
  model: OpenedModel,
  inputs: RunInputs,
  options: Options,
): Promise<RunOutcome> {
  const answer = await run(pool, model, inputs, 'tensors', options)
  if (!('tensors' in answer)) throw new Problem('unexpected', 'The runtime process returned an unexpected response.')
  return { figures: answer.figures, outputs: answer.tensors, inputs: answer.inputs }
}

/** Runs a model, and gives its outputs in a new file of the folder. */
export async function runToFile(
  pool: Pool,
  model: OpenedModel,
  inputs: RunInputs,
  { folder, format }: { folder: string; format: 'json' | 'npz' },
  options: Options,
): Promise<RunAnswer> {
  const path = join(folder, `${ANSWER_PREFIX}${randomUUID()}`)
  const discard = () => rm(path, { force: true })
  try {
    const answer = await run(pool, model, inputs, { format, path }, options)
    if ('size' in answer) return { ...answer, path, discard }
    throw new Problem('unexpected', 'The runtime process returned an unexpected response.')
  } catch (error) {
    await discard()
    throw error
  }
}

async function run(
  pool: Pool,
  model: OpenedModel,
  { File, ...request }: RunInputs,
  answer: AnswerForm,
  options: Options,
) {
  try {
    return await pool.run(runTask, { model, request, answer, ...(File && { file: File }) }, options)
  } catch (error) {
    throw sayOfRun(error)
  }
}

/** The end of a process, as something that the caller's model did. */
export function sayOfRun(error: unknown): unknown {
  if (!(error instanceof ChildFailure)) return error
  if (error.kind === 'memory') {
    return new Problem('too-large', 'Running the model exceeded the memory limit and was stopped.', {
      cause: error,
    })
  }
  if (error.kind === 'crash') {
    return new Problem('invalid', 'ONNX Runtime crashed when it ran the model on these inputs.', { cause: error })
  }
  return error
}
