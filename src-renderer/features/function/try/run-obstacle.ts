import type { GraphValue, Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { shortType } from '../../../../src-contract/words/signature-line.ts'
import { askedInputs } from './inputs/input-choice.ts'

/** Whether an optional is given as what it holds: a tensor. */
const holdsTensor = ({ Kind, Type }: GraphValue) => Kind === 'optional' && /^optional\(tensor\(\w+\)\)$/.test(Type)

/** Whether values of an input can be given at all. */
export const canBeGiven = (input: GraphValue): boolean => input.Kind === 'tensor' || holdsTensor(input)

/** Why no form makes this model run here, in a sentence; null where one may. ONNX Runtime's JavaScript interface passes tensors only. */
export function runObstacle(report: Pick<Inspection, 'Inputs' | 'Outputs'>): string | null {
  const input = askedInputs(report).find((value) => !canBeGiven(value))
  const [output] = report.Outputs
  const passes = 'Only tensors can be passed here'
  if (input) return `${passes}, and the input ${input.Name} is ${shortType(input.Type)}.`
  if (output && report.Outputs.every(({ Kind }) => Kind !== 'tensor'))
    return `${passes}, and ${report.Outputs.length === 1 ? `the output ${output.Name} is ${shortType(output.Type)}` : 'no output is a tensor'}.`
  return null
}
