import { elementTypeInfo } from '../../src-contract/element-type.ts'
import type { NamedTensor } from '../../src-contract/function.ts'
import type { GraphValue, Inspection } from '../../src-contract/inspection.ts'

/** What the Compute API calls `NamedInput`: what a caller must give. Inputs with a stored default are none. */
export function namedInputs(report: Pick<Inspection, 'Inputs'>): NamedTensor[] {
  return report.Inputs.filter((input) => !input.Initialized).map(namedTensor)
}

/** What the Compute API calls `NamedOutput`. */
export function namedOutputs(report: Pick<Inspection, 'Outputs'>): NamedTensor[] {
  return report.Outputs.map(namedTensor)
}

/** A dynamic axis is 1, and what is no dense tensor goes by ONNX's words for it with an empty shape (contract.md 2). */
function namedTensor(value: GraphValue): NamedTensor {
  if (value.Kind !== 'tensor') return { Name: value.Name, DataType: value.Type, Shape: [] }
  const Shape = (value.Shape ?? []).map((size) => (typeof size === 'number' && size >= 0 ? size : 1))
  return { Name: value.Name, DataType: elementTypeInfo(value.ElementType).runtime, Shape }
}
