import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunInput } from '../../../../../src-contract/contract/models/run.ts'
import { sampleInputs } from '../../../../../src-contract/contract/models/sample-inputs.ts'
import type { InputChoice } from './input-choice.ts'

/** A form as it can be sent: where each input's values come from, and the sizes of the symbols. */
export type Form = { choices: Readonly<Record<string, InputChoice>>; dimensions: Readonly<Record<string, number>> }

const choiceOf = ({ Data, Random = 0, Shape }: RunInput): InputChoice =>
  Data === undefined
    ? { kind: 'random', seed: Random, ...(Shape && { shape: Shape.join('×') }) }
    : { kind: 'json', text: JSON.stringify(Data) }

/** Forms to be tried one after the other until one runs. */
export function prefilled(inputs: readonly GraphValue[]): [Form, ...Form[]] {
  const [first, ...others] = sampleInputs(inputs).map(({ Inputs, Dimensions }) => ({
    choices: Object.fromEntries(Object.entries(Inputs).map(([name, input]) => [name, choiceOf(input)])),
    dimensions: Dimensions,
  }))
  return [first ?? { choices: {}, dimensions: {} }, ...others]
}
