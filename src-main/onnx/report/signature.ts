import type { NamedTensor, StatedShapes } from '../../../src-contract/contract/functions/function.ts'
import { elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type { GraphValue, Inspection } from '../../../src-contract/contract/models/inspection.ts'

/** What the Compute API calls `NamedInput`: what a caller must give. Inputs with a stored default are none. */
export function namedInputs(report: Pick<Inspection, 'Inputs'>): NamedTensor[] {
  return askedInputs(report).map(namedTensor)
}

/** What the Compute API calls `NamedOutput`. */
export function namedOutputs(report: Pick<Inspection, 'Outputs'>): NamedTensor[] {
  return report.Outputs.map(namedTensor)
}

/** The sizes of the same in- and outputs as the file states them, symbols and all. */
export function statedShapes(report: Pick<Inspection, 'Inputs' | 'Outputs'>): StatedShapes {
  return { Input: askedInputs(report).map(({ Shape }) => Shape), Output: report.Outputs.map(({ Shape }) => Shape) }
}

function askedInputs({ Inputs }: Pick<Inspection, 'Inputs'>): GraphValue[] {
  return Inputs.filter((input) => !input.Initialized)
}

/** A dynamic axis is 1, and what is no dense tensor goes by ONNX's words for it with an empty shape (contract.md 2). */
function namedTensor(value: GraphValue): NamedTensor {
  if (value.Kind !== 'tensor') return { Name: value.Name, DataType: value.Type, Shape: [] }
  const Shape = (value.Shape ?? []).map((size) => (typeof size === 'number' && size >= 0 ? size : 1))
  return { Name: value.Name, DataType: elementTypeInfo(value.ElementType).runtime, Shape }
}
