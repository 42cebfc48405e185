import { elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type {
  GraphAttribute,
  GraphEdge,
  GraphNode,
  GraphPage,
  GraphQuery,
} from '../../../src-contract/contract/models/graph.ts'
import { plural, shortBytes } from '../../../src-contract/words/human-number.ts'
import { decodeEntry, decodeLongText } from '../decode/decode-entry.ts'
import { decodeGraphField, decodeNode, emptyGraph } from '../decode/decode-graph.ts'
import { decodeValue } from '../decode/decode-type.ts'
import {
  type Attribute,
  type AttributeValue,
  type Entry,
  type Graph,
  type Node,
  plainDomain,
  type SparseTensor,
  type Tensor,
  type Value,
} from '../decode/model.ts'
import {
  denotations,
  innermostTensor,
  kindOf,
  reportDimension,
  reportEntries,
  typeName,
  wide,
} from '../decode/report-values.ts'
import { subGraphScopeId } from '../decode/scopes.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { WireReader } from '../wire/wire-reader.ts'
import { graphPlacement } from './graph-placement.ts'
import { forEachField, type LocatedScope, locateGraph, locateScope, nodeTag } from './locate-scope.ts'

/**
 * A page of the nodes of one scope, straight from the file: nodes outside the page are skipped, so that the largest graph
 * costs little more than a small one. Null where the model has no such scope.
 * @throws {WireError} where the model is damaged
 */
export function readGraphPage(source: ByteSource, { Scope, Offset, Limit }: GraphQuery): GraphPage | null {
  const reader = new WireReader(source)
  const located = locateScope(reader, Scope)
  if (located === null) return null
  const scope = readScope(reader, located, Offset, Limit)
  const { graph } = scope
  const nodes = graph.nodes.map((node, index) => graphNode(node, Scope, Offset + index))
  return {
    Scope,
    Parent: located.parent,
    Kind: located.kind,
    Name: graph.name,
    Documentation: graph.documentation,
    Metadata: reportEntries(graph.metadata),
    Inputs: scope.inputs,
    Outputs: scope.outputs,
    Nodes: nodes,
    Values: namedValues(
      graph,
      new Set([...scope.inputs, ...scope.outputs, ...nodes.flatMap((node) => [...node.Inputs, ...node.Outputs])]),
    ),
    Offset,
    Total: scope.total,
  }
}

/** What a page needs of a scope; `graph` holds the page's nodes alone. */
type ReadScope = { graph: Graph; inputs: string[]; outputs: string[]; total: number }

function readScope(reader: WireReader, { kind, ranges }: LocatedScope, offset: number, limit: number): ReadScope {
  const scope: ReadScope = { graph: emptyGraph(0, 0), inputs: [], outputs: [], total: 0 }
  const { graph } = scope
  forEachField(reader, ranges, (tag, end) => {
    if (tag !== nodeTag[kind]) {
      if (kind === 'graph') decodeGraphField(reader, tag, end, graph)
      else decodeFunctionField(reader, tag, end, scope)
      return
    }
    const index = scope.total++
    if (index < offset || index >= offset + limit) reader.skip(tag, end)
    else graph.nodes.push(decodeNode(reader, end, locateGraph))
  })
  if (kind === 'graph') {
    scope.inputs = graph.inputs.map(({ name }) => name)
    scope.outputs = graph.outputs.map(({ name }) => name)
  }
  return scope
}

function decodeFunctionField(reader: WireReader, tag: number, end: number, scope: ReadScope): void {
  if (tag === 0x0a) scope.graph.name = reader.string(end)
  else if (tag === 0x22) scope.inputs.push(reader.name(end))
  else if (tag === 0x2a) scope.outputs.push(reader.name(end))
  else if (tag === 0x42) scope.graph.documentation = decodeLongText(reader, end)
  else if (tag === 0x62) scope.graph.values.push(decodeValue(reader, end))
  else if (tag === 0x72) scope.graph.metadata.push(decodeEntry(reader, end))
  else reader.skip(tag, end)
}

function graphNode(node: Node, scope: string, index: number): GraphNode {
  return {
    Id: index,
    Name: node.name,
    Domain: plainDomain(node.domain),
    Type: node.operator,
    Inputs: node.inputs,
    Outputs: node.outputs,
    Attributes: node.attributes.map((attribute) => graphAttribute(attribute, scope, index)),
    Documentation: node.documentation,
    Metadata: reportEntries(node.metadata),
    ...(node.devices.length > 0 && { Devices: node.devices.map(graphPlacement) }),
  }
}

function graphAttribute(
  { name, reference, value, documentation }: Attribute,
  scope: string,
  node: number,
): GraphAttribute {
  const head = { Name: name, Type: value.type, ...(documentation !== '' && { Documentation: documentation }) }
  if (reference !== '') return { ...head, Reference: reference }
  if (value.type === 'graph') return { ...head, Scope: subGraphScopeId(scope, node, name, null) }
  if (value.type === 'graphs')
    return { ...head, Scopes: value.values.map((_, index) => subGraphScopeId(scope, node, name, index)) }
  return { ...head, ...shownValue(value) }
}

function shownValue(
  value: Exclude<AttributeValue, { type: 'graph' | 'graphs' }>,
): Pick<GraphAttribute, 'Value' | 'Summary'> {
  switch (value.type) {
    case 'float':
      return { Value: jsonNumber(value.value) }
    case 'int':
      return { Value: wide(value.value) }
    case 'string':
      return value.value === null ? { Summary: shortBytes(value.bytes) } : { Value: value.value }
    case 'floats':
      return value.values === null ? { Summary: plural(value.count, 'float') } : { Value: value.values.map(jsonNumber) }
    case 'ints':
      return value.values === null ? { Summary: plural(value.count, 'int') } : { Value: value.values.map(wide) }
    case 'strings':
      return value.values === null ? { Summary: plural(value.count, 'string') } : { Value: value.values }
    case 'tensor':
      return { Summary: tensorSummary(value.value) }
    case 'tensors':
      return { Summary: value.values.map(tensorSummary).join(', ') }
    case 'sparse_tensor':
      return { Summary: sparseSummary(value.value) }
    case 'sparse_tensors':
      return { Summary: value.values.map(sparseSummary).join(', ') }
    case 'type_proto':
      return { Summary: typeName(value.value) }
    case 'type_protos':
      return { Summary: value.values.map(typeName).join(', ') }
    case 'undefined':
      return {}
  }
}

function tensorSummary({ elementType, dimensions }: Tensor): string {
  return `${elementTypeInfo(elementType).short} ${dimensions.length === 0 ? 'scalar' : dimensions.join('×')}`
}

function sparseSummary({ values, dimensions }: SparseTensor): string {
  return `sparse ${elementTypeInfo(values.elementType).short} ${dimensions.join('×')}`
}

/** JSON has no word for NaN and the infinities. */
function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

function namedValues(graph: Graph, names: ReadonlySet<string>): GraphEdge[] {
  const values = new Map<string, GraphEdge>()
  for (const value of [...graph.values, ...graph.outputs, ...graph.inputs]) {
    if (names.has(value.name)) values.set(value.name, graphEdge(value))
  }
  for (const tensor of graph.initializers)
    if (names.has(tensor.name)) values.set(tensor.name, storedEdge(tensor.name, tensor, tensor.dimensions))
  for (const { values: tensor, dimensions } of graph.sparseInitializers) {
    if (names.has(tensor.name)) values.set(tensor.name, storedEdge(tensor.name, tensor, dimensions))
  }
  for (const { tensor, parameters } of graph.quantization) {
    const value = values.get(tensor)
    if (value !== undefined) values.set(tensor, { ...value, Quantization: reportEntries(parameters) })
  }
  return [...values.values()]
}

function graphEdge({ name, type, documentation, metadata }: Value): GraphEdge {
  const innermost = innermostTensor(type)
  return {
    Name: name,
    Kind: kindOf(type),
    ElementType: innermost?.elementType ?? 'undefined',
    Type: typeName(type),
    Shape: innermost?.shape?.map(reportDimension) ?? null,
    Stored: false,
    ...remarks(documentation, metadata),
    ...denotations(type),
  }
}

function storedEdge(
  name: string,
  { elementType, documentation, metadata }: Tensor,
  shape: Tensor['dimensions'],
): GraphEdge {
  const Type = `tensor(${elementTypeInfo(elementType).runtime})`
  return {
    Name: name,
    Kind: 'tensor',
    ElementType: elementType,
    Type,
    Shape: shape.map(wide),
    Stored: true,
    ...remarks(documentation, metadata),
  }
}

function remarks(documentation: string, metadata: readonly Entry[]): Pick<GraphEdge, 'Documentation' | 'Metadata'> {
  return {
    ...(documentation !== '' && { Documentation: documentation }),
    ...(metadata.length > 0 && { Metadata: reportEntries(metadata) }),
  }
}
