import {
  bytesOfElements,
  type ElementType,
  elementTypeInfo,
} from '../../../src-contract/contract/models/element-type.ts'
import type { Int64 } from '../wire/wire-reader.ts'
import type { AttributeValue, Node, SparseTensor, Tensor } from './model.ts'
import type { Scope } from './scopes.ts'

/** A tensor that a model stores, under the name by which its graph knows it. */
export type StoredTensor = {
  name: string
  scope: string
  kind: 'initializer' | 'constant'
  tensor: Tensor
  /** Where a sparse tensor's non-zero elements stand, else null. */
  indices: Tensor | null
  /** The shape of the whole tensor, also of a sparse one. */
  shape: Int64[]
  /** Values that are stored: all elements, or the non-zero ones of a sparse tensor. */
  count: number
  bytes: number
  /** Where the values lie that an attribute holds as a list or text of its own, else null. */
  range: { start: number; end: number } | null
}

/**
 * Every initializer and every tensor that is an attribute of a node in these scopes. Lists and texts that are too long to be
 * part of the structure count as tensors too: tree ensembles keep all they have learned in such.
 */
export function storedTensors(scopes: Scope[]): StoredTensor[] {
  const stored: StoredTensor[] = []
  for (const { id, nodes, graph } of scopes) {
    for (const tensor of graph?.initializers ?? []) stored.push(dense(tensor, tensor.name, id, 'initializer'))
    for (const item of graph?.sparseInitializers ?? []) stored.push(sparse(item, item.values.name, id, 'initializer'))
    for (const node of nodes) addConstants(node, id, stored)
  }
  return stored
}

/** The number of elements of a shape; null where a size is negative or the product is no exact number. */
export function elementCount(shape: readonly Int64[]): number | null {
  let count = 1
  for (const size of shape) count *= size < 0 ? Number.NaN : Number(size)
  return Number.isSafeInteger(count) ? count : null
}

/** Bytes that a tensor's values take when stored raw. */
export function valueBytes(tensor: Tensor, count: number): number {
  return bytesOfElements(tensor.elementType, count) ?? tensor.storedBytes
}

const holdsTensor: ReadonlySet<string> = new Set(['tensor', 'tensors', 'sparse_tensor', 'sparse_tensors'])

function addConstants(node: Node, scope: string, into: StoredTensor[]): void {
  const { attributes } = node
  for (let at = 0; at < attributes.length; at++) {
    const { name: attribute, value, range = null } = attributes[at] ?? {}
    if (value === undefined || (range === null && !holdsTensor.has(value.type))) continue
    const name = `${node.outputs[0] ?? node.name}${node.operator === 'Constant' ? '' : `.${attribute}`}`
    if (range !== null) into.push(listed(value, range, name, scope))
    else if (value.type === 'tensor') into.push(dense(value.value, name, scope, 'constant'))
    else if (value.type === 'sparse_tensor') into.push(sparse(value.value, name, scope, 'constant'))
    else if (value.type === 'tensors') {
      for (const [index, tensor] of value.values.entries())
        into.push(dense(tensor, `${name}.${index}`, scope, 'constant'))
    } else if (value.type === 'sparse_tensors') {
      for (const [index, item] of value.values.entries()) into.push(sparse(item, `${name}.${index}`, scope, 'constant'))
    }
  }
}

function dense(tensor: Tensor, name: string, scope: string, kind: StoredTensor['kind']): StoredTensor {
  const count = elementCount(tensor.dimensions) ?? 0
  const bytes = valueBytes(tensor, count)
  return { name, scope, kind, tensor, indices: null, shape: tensor.dimensions, count, bytes, range: null }
}

/** A long list as a tensor of one axis; a long text is one of bytes. */
function listed(
  value: AttributeValue,
  range: NonNullable<StoredTensor['range']>,
  name: string,
  scope: string,
): StoredTensor {
  const count = 'count' in value ? value.count : value.type === 'string' ? value.bytes : 0
  const elementType = listTypes[value.type] ?? 'undefined'
  const tensor: Tensor = {
    name: '',
    elementType,
    elementCode: elementTypeInfo(elementType).code,
    dimensions: [count],
    storage: 'typed',
    storedBytes: 'bytes' in value ? value.bytes : 0,
    external: null,
    segment: null,
    documentation: '',
    metadata: [],
    ...range,
  }
  return { ...dense(tensor, name, scope, 'constant'), range }
}

const listTypes: Partial<Record<AttributeValue['type'], ElementType>> = {
  floats: 'float',
  ints: 'int64',
  strings: 'string',
  string: 'uint8',
}

function sparse(item: SparseTensor, name: string, scope: string, kind: StoredTensor['kind']): StoredTensor {
  const { values, indices } = item
  const count = elementCount(values.dimensions) ?? 0
  const bytes = valueBytes(values, count)
  return { name, scope, kind, tensor: values, indices, shape: item.dimensions, count, bytes, range: null }
}
