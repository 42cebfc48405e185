import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { OutputDifference } from '../../src-contract/contract/models/compare.ts'
import type { RunInput, RunRequest } from '../../src-contract/contract/models/run.ts'
import { isAttentionMask } from '../../src-contract/util/symbolic-sizes.ts'
import { elementCount, showShape } from '../../src-contract/util/tensor.ts'
import { firstThatRuns } from './first-that-runs.ts'
import { measureDifference } from './measure-difference.ts'
import type { ModelFile } from './model-file.ts'
import type { RunInputs, RunOptions, RunOutcome } from './run-file.ts'

export type CompareOptions = RunOptions & {
  /** What the left model is run on: the first of these that it takes. */
  requests?: readonly RunRequest[]
}

/**
 * Runs the left model on the first request that it takes, by default random inputs (seed 0), and the right one on the same, and
 * measures how far their outputs are apart.
 */
export async function compareOutputs(
  run: (file: ModelFile, inputs: RunInputs, options: RunOptions) => Promise<RunOutcome>,
  left: ModelFile,
  right: ModelFile,
  { requests = [{}], ...options }: CompareOptions,
): Promise<OutputDifference[]> {
  const { result: first, request } = await firstThatRuns(requests, (one) => run(left, one, options))
  const inputs: Record<string, RunInput> = {}
  for (const [name, Shape] of first.inputs) {
    const given = request.Inputs?.[name]
    if (given === undefined && isAttentionMask(name)) inputs[name] = { Data: onesOf(name, Shape) }
    else inputs[name] = given?.Data === undefined ? { Random: given?.Random ?? 0, Shape } : given
  }
  const other = await run(right, { Inputs: inputs }, options).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'invalid') return error
    throw error
  })
  const differences: OutputDifference[] = []
  for (const [Name, tensor] of first.outputs) {
    if (other instanceof Problem) {
      differences.push({
        Name,
        Largest: null,
        Message: `The right model does not run on these inputs. ${other.message}`,
      })
      continue
    }
    const counterpart = other.outputs.get(Name)
    const measured = counterpart
      ? await measureDifference(tensor, counterpart)
      : { Largest: null, Message: 'The right model does not have this output.' }
    differences.push({ Name, ...measured })
  }
  return differences
}

/** The attention mask that the left model was given where nothing was said. */
function onesOf(name: string, shape: readonly number[]): unknown {
  if (elementCount(shape) > MOST_ONES) {
    throw new Problem('too-large', `The input ${name} has too many values for a comparison: ${showShape(shape)}.`)
  }
  const ones = ([size, ...rest]: readonly number[]): unknown =>
    size === undefined ? 1 : Array.from({ length: size }, () => ones(rest))
  return ones(shape)
}

/** Each is a value in the cabinet's own memory. */
const MOST_ONES = 1_000_000
