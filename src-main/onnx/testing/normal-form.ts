import type {
  Attribute,
  AttributeValue,
  Entry,
  Graph,
  Model,
  ModelFunction,
  Node,
  NodeDevices,
  SparseTensor,
  Tensor,
  Value,
  ValueType,
} from '../decode/model.ts'

/*
 * The structure as the reader decoded it, in the form in which the independent decoder's messages are put too
 * (message-normal-form.ts): plain objects, int64 as decimal strings, long lists and texts by their size alone.
 */

/** The normal form of a whole model. */
export function normalModel(model: Model) {
  return {
    irVersion: String(model.irVersion ?? 0),
    opsets: model.opsets.map(({ domain, version }) => `${domain} ${version}`),
    texts: [model.producerName, model.producerVersion, model.domain, String(model.modelVersion), model.documentation],
    metadata: normalEntries(model.metadata),
    graph: normalGraph(model.graph),
    training: model.training.map((item) => ({
      initialization: item.initialization && normalGraph(item.initialization),
      algorithm: item.algorithm && normalGraph(item.algorithm),
      bindings: [normalEntries(item.initializationBinding), normalEntries(item.updateBinding)],
    })),
    functions: model.functions.map(normalFunction),
    devices: model.devices.map(({ name, count, devices }) => [name, count, devices]),
  }
}

function normalFunction(made: ModelFunction) {
  return {
    texts: [made.name, made.domain, made.overload, made.documentation],
    names: [made.inputs, made.outputs, made.attributes],
    defaults: made.defaults.map(normalAttribute),
    nodes: made.nodes.map(normalNode),
    opsets: made.opsets.map(({ domain, version }) => `${domain} ${version}`),
    values: made.values.map(normalValue),
    metadata: normalEntries(made.metadata),
  }
}

type NormalGraph = Record<string, unknown>

function normalGraph(graph: Graph): NormalGraph {
  return {
    texts: [graph.name, graph.documentation],
    nodes: graph.nodes.map(normalNode),
    initializers: graph.initializers.map(normalTensor),
    sparse: graph.sparseInitializers.map(normalSparse),
    values: [graph.inputs, graph.outputs, graph.values].map((list) => list.map(normalValue)),
    quantization: graph.quantization.map(({ tensor, parameters }) => [tensor, normalEntries(parameters)]),
    metadata: normalEntries(graph.metadata),
  }
}

function normalNode(node: Node) {
  return {
    texts: [node.name, node.operator, node.domain, node.overload, node.documentation],
    names: [node.inputs, node.outputs],
    attributes: node.attributes.map(normalAttribute),
    metadata: normalEntries(node.metadata),
    devices: node.devices.map(normalPlacement),
  }
}

function normalPlacement({ configuration, stage, sharding }: NodeDevices) {
  return [
    configuration,
    stage ?? 0,
    sharding.map(({ tensor, devices, groups, axes }) => [
      tensor,
      devices.map(String),
      groups.map((group) => [String(group.index), group.devices.map(String)]),
      axes.map(({ axis, parts }) => [String(axis), parts.map(({ size, shards }) => [String(size), String(shards)])]),
    ]),
  ]
}

function normalAttribute({ name, reference, value, documentation }: Attribute): unknown {
  return [name, reference, documentation, value.type, normalAttributeValue(value)]
}

function normalAttributeValue(value: AttributeValue): unknown {
  switch (value.type) {
    case 'undefined':
      return null
    case 'float':
      return value.value
    case 'int':
      return String(value.value)
    case 'string':
      return value.value ?? value.bytes
    case 'floats':
      return value.values ?? value.count
    case 'ints':
      return value.values?.map(String) ?? value.count
    case 'strings':
      return value.values ?? value.count
    case 'tensor':
      return normalTensor(value.value)
    case 'tensors':
      return value.values.map(normalTensor)
    case 'sparse_tensor':
      return normalSparse(value.value)
    case 'sparse_tensors':
      return value.values.map(normalSparse)
    case 'graph':
      return normalGraph(value.value)
    case 'graphs':
      return value.values.map(normalGraph)
    case 'type_proto':
      return normalType(value.value)
    case 'type_protos':
      return value.values.map(normalType)
  }
}

function normalTensor(tensor: Tensor) {
  const { external } = tensor
  return {
    name: tensor.name,
    code: tensor.elementCode,
    dims: tensor.dimensions.map(String),
    stored: tensor.storage === 'raw' || tensor.storage === 'strings' ? tensor.storedBytes || null : null,
    external: external && [external.location, String(external.offset), String(external.length)],
    segment: tensor.segment && [String(tensor.segment.begin), String(tensor.segment.end)],
    documentation: tensor.documentation,
    metadata: normalEntries(tensor.metadata),
  }
}

function normalSparse({ values, indices, dimensions }: SparseTensor) {
  return { values: normalTensor(values), indices: indices && normalTensor(indices), dims: dimensions.map(String) }
}

function normalValue({ name, type, documentation, metadata }: Value) {
  return { name, type: normalType(type), documentation, metadata: normalEntries(metadata) }
}

function normalType(type: ValueType | null): unknown {
  if (type === null) return null
  if ('shape' in type)
    return [
      type.kind,
      type.denotation ?? '',
      type.elementCode,
      type.shape?.map((size) => (size === null ? null : String(size))) ?? null,
      type.axes ?? null,
    ]
  if (type.kind === 'map') return ['map', type.denotation ?? '', type.keyType, normalType(type.of)]
  if (type.kind === 'opaque') return ['opaque', type.denotation ?? '', type.domain, type.name]
  return [type.kind, type.denotation ?? '', normalType(type.of)]
}

function normalEntries(entries: Entry[]): string[][] {
  return entries.map(({ key, value }) => [key, value])
}
