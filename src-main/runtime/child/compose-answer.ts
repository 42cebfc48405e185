import { writeFile } from 'node:fs/promises'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { RunFigures } from '../../../src-contract/contract/models/run.ts'
import { elementCount, type Tensor } from '../../../src-contract/util/tensor.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { diskProblem } from '../../files/disk-problem.ts'
import type { AnswerForm } from '../tasks.ts'
import { writeNpz } from '../tensor/npz.ts'
import { tensorToJson } from '../tensor/tensor-to-json.ts'

/** Values that an answer in JSON may hold: about 80 MB of text. */
const JSON_LIMIT = 4_000_000

export type Answer =
  | { figures: RunFigures; tensors: Map<string, Tensor>; inputs: Map<string, number[]> }
  | { figures: RunFigures; size: number }

/**
 * Puts the outputs into their form here, in the runtime process, and into a file, which the cabinet only streams.
 * @throws Problem too-large, storage-full
 */
export async function composeAnswer(
  form: AnswerForm,
  inputs: ReadonlyMap<string, Tensor>,
  tensors: Map<string, Tensor>,
  figures: RunFigures,
): Promise<Answer> {
  if (form === 'tensors') {
    return { figures, tensors, inputs: new Map(Array.from(inputs, ([name, { shape }]) => [name, [...shape]])) }
  }
  const body = form.format === 'npz' ? writeNpz(tensors) : jsonOf(tensors, figures)
  await writeFile(form.path, body, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw diskProblem(error)
  })
  return { figures, size: body.byteLength }
}

function jsonOf(tensors: ReadonlyMap<string, Tensor>, figures: RunFigures): Uint8Array {
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
  return Buffer.from(JSON.stringify({ Outputs: Object.fromEntries(outputs), ...figures }))
}
