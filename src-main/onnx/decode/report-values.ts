import { options, readOption } from '../../../src-contract/contract/functions/option.ts'
import { type ElementType, elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type {
  GraphValue,
  MetadataEntry,
  Dimension as ReportedDimension,
  ValueKind,
} from '../../../src-contract/contract/models/inspection.ts'
import type { Int64 } from '../wire/wire-reader.ts'
import type { Dimension, Entry, Value, ValueType } from './model.ts'

/** An in- or output as the report has it. `initialized` names the inputs that have a stored default. */
export function reportValue(value: Value, side: 'input' | 'output', initialized: ReadonlySet<string>): GraphValue {
  const innermost = innermostTensor(value.type)
  const named = readOption(value.name)
  const option = named !== null && options[named.name].kind === side ? named : null
  return {
    Name: value.name,
    Kind: kindOf(value.type),
    ElementType: innermost?.elementType ?? 'undefined',
    Type: typeName(value.type),
    Shape: innermost?.shape?.map(reportDimension) ?? null,
    Initialized: side === 'input' && initialized.has(value.name),
    Documentation: value.documentation,
    Option: option?.name ?? null,
    Labels: option?.labels ?? [],
    ...denotations(value.type),
    ...(value.metadata.length > 0 && { Metadata: reportEntries(value.metadata) }),
  }
}

/** Remarks as the report has them. */
export function reportEntries(entries: readonly Entry[]): MetadataEntry[] {
  return entries.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** What a type and its axes are said to mean, where anything is. */
export function denotations(type: ValueType | null): Pick<GraphValue, 'Denotation' | 'AxisDenotations'> {
  return {
    ...(type?.denotation !== undefined && { Denotation: type.denotation }),
    ...(type?.axes !== undefined && { AxisDenotations: type.axes }),
  }
}

/** A number that JSON holds exactly, or its decimal digits. */
export function wide(value: Int64): number | string {
  return typeof value === 'number' ? value : String(value)
}

export function reportDimension(dimension: Dimension): ReportedDimension {
  return typeof dimension === 'bigint' ? String(dimension) : dimension
}

export function kindOf(type: ValueType | null): ValueKind {
  return type?.kind ?? 'tensor'
}

type TensorType = { elementType: ElementType; shape: Dimension[] | null }

export function innermostTensor(type: ValueType | null): TensorType | null {
  let inner = type
  while (inner !== null && 'of' in inner) inner = inner.of
  return inner === null || inner.kind === 'opaque' ? null : inner
}

/** ONNX's own words for a type, such as `seq(map(int64,tensor(float)))`. */
export function typeName(type: ValueType | null): string {
  if (type === null) return 'undefined'
  switch (type.kind) {
    case 'tensor':
      return `tensor(${elementTypeInfo(type.elementType).runtime})`
    case 'sparse':
      return `sparse_tensor(${elementTypeInfo(type.elementType).runtime})`
    case 'sequence':
      return `seq(${typeName(type.of)})`
    case 'optional':
      return `optional(${typeName(type.of)})`
    case 'map':
      return `map(${elementTypeInfo(type.keyType).runtime},${typeName(type.of)})`
    case 'opaque':
      return `opaque(${type.domain},${type.name})`
  }
}
