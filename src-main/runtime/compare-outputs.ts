import type { OutputDifference } from '../../src-contract/compare.ts'
import { Problem } from '../../src-contract/problem.ts'
import type { RunInput, RunRequest } from '../../src-contract/run.ts'
import type { RunOptions, Runtime } from './create-runtime.ts'
import { measureDifference } from './measure-difference.ts'
import type { ModelFile } from './model-file.ts'

export type CompareOptions = RunOptions & {
  /** Sizes of the left model's symbolic dimensions. */
  dimensions?: RunRequest['Dimensions']
}

/** Runs the left model on random inputs (seed 0) and the right one on the same, and measures how far their outputs are apart. */
export async function compareOutputs(
  run: Runtime['run'],
  left: ModelFile,
  right: ModelFile,
  { dimensions = {}, ...options }: CompareOptions,
): Promise<OutputDifference[]> {
  const first = await run(left, { Dimensions: dimensions }, options)
  const inputs: Record<string, RunInput> = {}
  for (const [name, Shape] of first.inputs) inputs[name] = { Random: 0, Shape }
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
      : { Largest: null, Message: 'The right model has no such output.' }
    differences.push({ Name, ...measured })
  }
  return differences
}
