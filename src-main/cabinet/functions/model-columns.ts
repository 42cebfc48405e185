import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { namedInputs, namedOutputs, statedShapes } from '../../onnx/report/signature.ts'
import { imageInput } from '../../onnx/report/vision.ts'
import { contentOf } from '../../store/content-digest.ts'
import type { Property } from '../../store/repositories/attribute-repository.ts'
import type { FunctionColumns } from '../../store/repositories/function-repository.ts'
import { type FunctionState, toFunctionFile } from './function-state.ts'

/** The columns that come from a function's model; those of a function without one are empty. */
export type ModelColumns = Pick<
  FunctionColumns,
  | 'code_size'
  | 'opset'
  | 'file_sha256'
  | 'content_sha256'
  | 'complete'
  | 'total_size'
  | 'structure_sha256'
  | 'named_input'
  | 'named_output'
  | 'stated_shapes'
  | 'input_names'
  | 'output_names'
  | 'operator_types'
  | 'model_text'
>

export function modelColumns(state: FunctionState, inspection: Inspection | undefined): ModelColumns {
  const model = state.Files.find(({ Role }) => Role === 'model')
  const content = contentOf(state.Files.map(toFunctionFile), inspection?.External.map(({ Location }) => Location) ?? [])
  return {
    code_size: model?.Size ?? 0,
    file_sha256: model?.Sha256 ?? null,
    content_sha256: content.sha256,
    complete: content.complete ? 1 : 0,
    total_size: content.size,
    opset: inspection ? defaultOpset(inspection) : null,
    structure_sha256: inspection?.StructureSha256 ?? null,
    named_input: JSON.stringify(inspection ? namedInputs(inspection) : []),
    named_output: JSON.stringify(inspection ? namedOutputs(inspection) : []),
    stated_shapes: JSON.stringify(inspection ? statedShapes(inspection) : { Input: [], Output: [] }),
    input_names: lines(inspection?.Inputs.map(({ Name }) => Name)),
    output_names: lines(inspection?.Outputs.map(({ Name }) => Name)),
    operator_types: lines(operatorTypes(inspection)),
    model_text: inspection ? textOf(inspection) : '',
  }
}

/** Some models keep whole vocabularies in their metadata. */
const LONGEST_TEXT = 20_000

/** Characters of the names of one kind that searches look through. */
const SEARCHED_NAMES = 100_000

/** What a model says of itself in words, for searches. */
function textOf({ Producer, Domain, Documentation, Graph, Metadata }: Inspection): string {
  const metadata = Metadata.map(({ Key, Value }) => `${Key} ${Value}`)
  const texts = [Producer.Name, Producer.Version, Domain, Documentation, Graph.Documentation, ...metadata]
  return lines(texts).slice(0, LONGEST_TEXT)
}

/**
 * The size of images that a function takes, in pixels: what its driver's details say, for a person may know what the model leaves
 * open, else what its first image-like input says.
 */
export function imageColumns(
  { InputDriver, InputDriverDetails }: FunctionState,
  inspection: Inspection | undefined,
): Pick<FunctionColumns, 'width' | 'height' | 'channels'> {
  const image = inspection ? imageInput(inspection) : null
  const stated = (name: string) => {
    const value = InputDriver === 'vision' ? InputDriverDetails[name] : undefined
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
  }
  return {
    width: stated('width') ?? image?.width ?? null,
    height: stated('height') ?? image?.height ?? null,
    channels: stated('channels') ?? image?.channels ?? null,
  }
}

function operatorTypes(inspection: Inspection | undefined): string[] {
  return [...new Set(inspection?.Operators.map(({ Type }) => Type))]
}

/** The options of the name convention that a model's in- and outputs follow. An option counts only on its own side. */
export function propertiesOf(inspection: Inspection | undefined): Property[] {
  if (!inspection) return []
  const side = (kind: Property['kind'], values: Inspection['Inputs']): Property[] =>
    values.flatMap(({ Option }) => (Option === null ? [] : [{ kind, name: Option }]))
  return [...side('input', inspection.Inputs), ...side('output', inspection.Outputs)]
}

function defaultOpset({ Opsets }: Inspection): number | null {
  const version = Number(Opsets.find(({ Domain }) => Domain === '' || Domain === 'ai.onnx')?.Version)
  return Number.isSafeInteger(version) ? version : null
}

function lines(texts: readonly string[] = []): string {
  return texts.join('\n').slice(0, SEARCHED_NAMES)
}
