import { elementTypeInfo } from '../../../../src-contract/contract/models/element-type.ts'
import type { GraphValue, Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { inComment } from '../api/in-comment.ts'

type Signature = Pick<Inspection, 'Inputs' | 'Outputs'>

const asked = (report: Signature) => report.Inputs.filter((input) => !input.Initialized)
const part = ({ Name, ElementType, Shape, Type, Kind }: GraphValue) => ({
  name: Name,
  type: Kind === 'tensor' ? ElementType : Type,
  shape: Shape,
})

/** The signature as JSON, symbols and open sizes included. */
export function signatureJson(report: Signature): string {
  return JSON.stringify({ inputs: asked(report).map(part), outputs: report.Outputs.map(part) }, null, 2)
}

const pythonSize = (size: string | number | null) => (size === null ? 'None' : JSON.stringify(size))

function pythonSide(values: readonly GraphValue[]): string {
  const rows = values.map((value) => {
    const { name, type, shape } = part(value)
    const sizes = shape === null ? 'None' : `(${shape.map(pythonSize).join(', ')}${shape.length === 1 ? ',' : ''})`
    return `    ${JSON.stringify(name)}: (${JSON.stringify(type)}, ${sizes}),`
  })
  return `{\n${rows.join('\n')}\n}`
}

/** The signature as Python dictionaries: name to type and shape. */
export function signaturePython(report: Signature): string {
  return `inputs = ${pythonSide(asked(report))}\noutputs = ${pythonSide(report.Outputs)}`
}

const arrays: Record<string, string> = {
  f32: 'Float32Array',
  f64: 'Float64Array',
  i8: 'Int8Array',
  u8: 'Uint8Array',
  i16: 'Int16Array',
  u16: 'Uint16Array',
  i32: 'Int32Array',
  u32: 'Uint32Array',
  i64: 'BigInt64Array',
  u64: 'BigUint64Array',
  f16: 'Uint16Array',
  bool: 'Uint8Array',
  str: 'string[]',
}

function typescriptSide(values: readonly GraphValue[]): string {
  const rows = values.map((value) => {
    const data =
      value.Kind === 'tensor' ? (arrays[elementTypeInfo(value.ElementType).short] ?? 'Uint8Array') : 'unknown'
    const shape = (value.Shape ?? []).map((size) => size ?? '?').join('×')
    return `  ${JSON.stringify(value.Name)}: ${data}${shape === '' ? '' : ` // ${inComment(shape)}`}`
  })
  return `{\n${rows.join('\n')}\n}`
}

/** The signature as TypeScript types of the data that onnxruntime takes and gives. */
export function signatureTypescript(report: Signature): string {
  return `type Inputs = ${typescriptSide(asked(report))}\ntype Outputs = ${typescriptSide(report.Outputs)}`
}
