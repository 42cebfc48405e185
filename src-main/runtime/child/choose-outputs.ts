import type { InferenceSession } from 'onnxruntime-node'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { RunFigures } from '../../../src-contract/contract/models/run.ts'
import { cannotPass, isPassed, typeOfOrt } from './exchange-tensor.ts'

/** What a run fetches, and the outputs that it cannot. */
export type ChosenOutputs = { fetched: string[]; skipped: RunFigures['Skipped'] }

/**
 * Chooses the outputs asked for, or all that can be given.
 * @throws Problem invalid where one cannot be given, or none at all
 */
export function chooseOutputs(
  metadata: InferenceSession['outputMetadata'],
  asked: readonly string[] | undefined,
): ChosenOutputs {
  const obstacles = new Map(metadata.map((output) => [output.name, obstacleOf(output)]))
  if (asked === undefined) {
    const fetched = [...obstacles].flatMap(([name, obstacle]) => (obstacle === undefined ? [name] : []))
    const skipped = [...obstacles].flatMap(([Name, Message]) => (Message === undefined ? [] : [{ Name, Message }]))
    const [first] = skipped
    if (fetched.length === 0)
      throw new Problem('invalid', `The model has no output that can be returned. ${first?.Message ?? ''}`)
    return { fetched, skipped }
  }
  for (const name of asked) {
    if (!obstacles.has(name)) {
      const known = [...obstacles.keys()].map((output) => `"${output}"`).join(', ')
      throw new Problem('invalid', `The model has no output "${name}". It has ${known}.`, { field: 'Outputs' })
    }
    const obstacle = obstacles.get(name)
    if (obstacle !== undefined) throw new Problem('invalid', `The output "${name}": ${obstacle}`, { field: 'Outputs' })
  }
  return { fetched: [...new Set(asked)], skipped: [] }
}

function obstacleOf(output: InferenceSession.ValueMetadata): string | undefined {
  if (!output.isTensor) return 'It is a sequence, map or optional value; only tensors can be returned here.'
  const type = typeOfOrt(output.type)
  return isPassed(type) ? undefined : cannotPass(type)
}
