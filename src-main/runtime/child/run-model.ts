import { readFile } from 'node:fs/promises'
import type { InferenceSession } from 'onnxruntime-node'
import type { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { RunRequest } from '../../../src-contract/contract/models/run.ts'
import { readNpy } from '../../../src-contract/util/npy.ts'
import { decodeText, parseJson } from '../../../src-contract/util/parse-json.ts'
import { TENSOR_LIMIT, type Tensor } from '../../../src-contract/util/tensor.ts'
import { parsed } from '../../../src-contract/util/zod-problem.ts'
import { shortBytes } from '../../../src-contract/words/human-number.ts'
import type { TaskContext } from '../../processes/pool/task.ts'
import { cleanFailure } from '../clean-failure.ts'
import { isMemoryFailure } from '../explain-failure.ts'
import { PROVIDER } from '../provider.ts'
import type { runTask } from '../tasks.ts'
import { readNpz } from '../tensor/npz.ts'
import { chooseOutputs } from './choose-outputs.ts'
import { type Answer, composeAnswer } from './compose-answer.ts'
import { fromOrtTensor } from './exchange-tensor.ts'
import { feedsOf } from './feeds.ts'
import { peakMemory, resetPeakMemory } from './peak-memory.ts'
import { type GivenInput, prepareInputs } from './prepare-inputs.ts'
import { problemOfOpening } from './problem-of-opening.ts'
import { retireWhenGrown } from './retire-when-grown.ts'
import { openSession } from './session.ts'

type Argument = z.output<typeof runTask.argument>

/** Runs the model once. */
export async function runModel(argument: Argument, context: TaskContext): Promise<Answer> {
  if (!resetPeakMemory()) context.retire()
  const { model } = argument
  const { session, loadTime } = await openSession(model.path, 0).catch(async (error: unknown) => {
    throw await problemOfOpening(error, model)
  })
  try {
    return await runSession(session, loadTime, argument)
  } finally {
    await session.release()
    retireWhenGrown(context)
  }
}

async function runSession(
  session: InferenceSession,
  loadTime: number,
  { model, request, file, answer }: Argument,
): Promise<Answer> {
  const { Inputs = {}, Dimensions = {}, Outputs } = file?.format === 'json' ? await readRequest(file.path) : request
  const given = await givenInputs(Inputs, file, session)
  const { fetched, skipped } = chooseOutputs(session.outputMetadata, Outputs)
  const { tensors } = prepareInputs(session.inputMetadata, given, Dimensions)
  const feeds = feedsOf(tensors)
  const started = performance.now()
  const results = await session.run(feeds, fetched).catch((error: unknown) => {
    throw problemOfRun(error, model.path)
  })
  const runTime = performance.now() - started
  const outputs = new Map<string, Tensor>()
  for (const name of fetched) {
    const result = results[name]
    if (result) outputs.set(name, fromOrtTensor(result))
  }
  requireSize(outputs, answer === 'tensors' ? COMPARED_MOST : TENSOR_LIMIT)
  const figures = {
    Times: { Load: loadTime, Run: runTime },
    Provider: PROVIDER,
    PeakMemory: peakMemory(),
    Skipped: skipped,
  }
  return composeAnswer(answer, tensors, outputs, figures)
}

/** Here and not in the cabinet: what JSON takes in memory is many times its text. */
async function readRequest(path: string): Promise<RunRequest> {
  const about = { what: 'The body' }
  return parsed(RunRequest, parseJson(decodeText(await readFile(path), about), about))
}

async function givenInputs(
  inputs: NonNullable<RunRequest['Inputs']>,
  file: Argument['file'],
  { inputNames }: InferenceSession,
): Promise<Map<string, GivenInput>> {
  const given = new Map<string, GivenInput>(Object.entries(inputs).map(([name, json]) => [name, { json }]))
  if (file?.format === 'npz')
    for (const [name, array] of await readNpz(await readFile(file.path))) given.set(name, { array })
  if (file?.format === 'npy') {
    const [only, ...others] = inputNames
    if (only === undefined || others.length > 0) {
      throw new Problem(
        'invalid',
        `A single array (.npy) fits a model with one input; this one has ${inputNames.length}. Put them into an .npz file by name.`,
        { field: 'Inputs' },
      )
    }
    given.set(only, { array: readNpy(await readFile(file.path), `Inputs.${only}`) })
  }
  return given
}

/** Bytes of outputs that are handed to the cabinet, which measures how far they are from another model's. */
const COMPARED_MOST = 128 * 1024 * 1024

function requireSize(outputs: ReadonlyMap<string, Tensor>, most: number): void {
  const size = [...outputs.values()].reduce((sum, { data }) => sum + data.length, 0)
  if (size <= most) return
  throw new Problem('too-large', `The outputs take more than ${shortBytes(most)} in total; request fewer of them.`)
}

/** What ONNX Runtime says of inputs that it was given in the right shapes, but could not run the model on. */
export function problemOfRun(error: unknown, path: string): Problem {
  const text = messageOf(error)
  if (isMemoryFailure(text)) {
    return new Problem('too-large', 'Running it with inputs of this size needs more memory than this machine has.')
  }
  return new Problem(
    'invalid',
    `ONNX Runtime cannot run the model on these inputs. It says: ${cleanFailure(text, path)}`,
    {
      field: 'Inputs',
    },
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
