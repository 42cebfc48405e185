import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { RunFigures } from '../../../src-contract/contract/models/run.ts'
import { elementCount, type Tensor } from '../../../src-contract/util/tensor.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import type { AnswerForm } from '../tasks.ts'
import { writeNpz } from '../tensor/npz.ts'
import { tensorToJson } from '../tensor/tensor-to-json.ts'

/** Values that an answer in JSON may hold: about 80 MB of text. */
const JSON_LIMIT = 4_000_000

export type Answer =
  | { figures: RunFigures; tensors: Map<string, Tensor>; inputs: Map<string, number[]> }
  | { figures: RunFigures; body: Uint8Array }

/**
 * Puts the outputs into their form here, in the runtime process, so that the cabinet only passes bytes on.
 * @throws Problem too-large
 */
export function composeAnswer(
  form: AnswerForm,
  inputs: ReadonlyMap<string, Tensor>,
  tensors: Map<string, Tensor>,
  figures: RunFigures,
): Answer {
  if (form === 'tensors') {
    return { figures, tensors, inputs: new Map(Array.from(inputs, ([name, { shape }]) => [name, [...shape]])) }
  }
  if (form === 'npz') return { figures, body: writeNpz(tensors) }
  const count = [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0)
  if (count > JSON_LIMIT) {
    throw new Problem(
      'too-large',
      `The outputs have ${groupedNumber(count)} values, more than the ${groupedNumber(JSON_LIMIT)} that JSON allows: request .npz, or fewer outputs.`,
    )
  }
  const outputs = [...tensors].map(([name, tensor]): [string, unknown] => [
    name,
    { ElementType: tensor.type, Shape: tensor.shape, Data: tensorToJson(tensor) },
  ])
  return { figures, body: Buffer.from(JSON.stringify({ Outputs: Object.fromEntries(outputs), ...figures })) }
}
