import { bytesOfElements, elementTypeOfCode } from '../../../src-contract/contract/models/element-type.ts'
import { longestKeptList, longestKeptText } from '../decode/model.ts'
import type {
  AttributeMessage,
  EntryMessage,
  GraphMessage,
  ModelMessage,
  NodeMessage,
  SparseMessage,
  TensorMessage,
  TypeMessage,
  ValueMessage,
} from './onnx-messages.ts'

/**
 * What the inspection report must say of a model of `size` bytes, worked out in the plainest way from an independent decoder's
 * messages. Everything but what no decoder knows: the digest, options, multiply-accumulates, warnings, and times.
 */
export function expectedReport(model: ModelMessage, size: number) {
  const scopes = [
    ...graphScopes('main', model.graph),
    ...model.functions.flatMap((made) => {
      const names = [made.domain, made.name, ...(made.overload === '' ? [] : [made.overload])]
      return nodeScopes(`function:${names.map(encodeURIComponent).join(':')}`, made.node, [])
    }),
  ]
  const nodes = scopes.flatMap((scope) => scope.nodes)
  const stored = scopes.flatMap((scope) => [
    ...scope.stored.map((item) => ({ ...item, scope: scope.id, kind: 'initializer' })),
    ...scope.nodes.flatMap(attributeTensors).map((item) => ({ ...item, scope: scope.id, kind: 'constant' })),
  ])
  const initialized = new Set(
    model.graph.initializer
      .map(({ name }) => name)
      .concat(model.graph.sparseInitializer.map(({ values }) => values.name)),
  )
  const operators = new Map<string, number>()
  for (const { domain, opType } of nodes) {
    const key = `${domain === 'ai.onnx' ? '' : domain} ${opType}`
    operators.set(key, (operators.get(key) ?? 0) + 1)
  }
  const value = ({ name, type, docString, metadataProps }: ValueMessage) => ({
    Name: name,
    ...described(type),
    Type: typeWords(type),
    Documentation: docString,
    Denotation: type?.denotation || undefined,
    AxisDenotations: axisDenotations(type),
    Metadata: metadataProps.length === 0 ? undefined : entries(metadataProps),
  })
  return {
    Format: 'onnx',
    FileSize: size,
    FileSha256: null,
    IrVersion: wide(model.irVersion),
    Opsets: model.opsetImport.map(({ domain, version }) => ({ Domain: domain, Version: wide(version) })),
    Producer: { Name: model.producerName, Version: model.producerVersion },
    Domain: model.domain,
    ModelVersion: wide(model.modelVersion),
    Documentation: model.docString,
    Metadata: entries(model.metadataProps),
    Graph: {
      Name: model.graph.name,
      Documentation: model.graph.docString,
      Nodes: model.graph.node.length,
      Edges: model.graph.node.flatMap(({ input }) => input).filter((name) => name !== '' && !initialized.has(name))
        .length,
      SubGraphs: scopes.length - 1 - model.functions.length,
      AllNodes: nodes.length,
      Metadata: entries(model.graph.metadataProps),
    },
    Inputs: model.graph.input.map((item) => ({ ...value(item), Initialized: initialized.has(item.name) })),
    Outputs: model.graph.output.map((item) => ({ ...value(item), Initialized: false })),
    Operators: Object.fromEntries(operators),
    Functions: model.functions.map(({ domain, name, overload, node }) => ({
      Domain: domain,
      Name: name,
      Overload: overload,
      Nodes: node.length,
    })),
    Parameters: {
      Count: sum(stored.map(({ tensor }) => countOf(tensor))),
      Bytes: sum(stored.map(({ tensor }) => bytesOf(tensor))),
      ByType: Object.fromEntries(
        [...new Set(stored.map(({ tensor }) => elementTypeOfCode(tensor.dataType)))].map((type) => {
          const same = stored.map(({ tensor }) => tensor).filter(({ dataType }) => elementTypeOfCode(dataType) === type)
          return [type, { Count: sum(same.map(countOf)), Bytes: sum(same.map(bytesOf)) }]
        }),
      ),
    },
    Initializers: stored
      .map(({ name, scope, kind, tensor, dims }) => ({
        Name: name,
        Scope: scope,
        Kind: kind,
        ElementType: elementTypeOfCode(tensor.dataType),
        Shape: dims.map(wide),
        Bytes: bytesOf(tensor),
        Location: tensor.dataLocation === 1 ? externalEntry(tensor, 'location') : null,
        Sha256: null,
      }))
      .sort((a, b) => b.Bytes - a.Bytes),
    External: Object.fromEntries(
      stored
        .filter(({ tensor }) => tensor.dataLocation === 1)
        .map(({ tensor }) => [externalEntry(tensor, 'location'), Number(externalEntry(tensor, 'length'))]),
    ),
    Quantized:
      model.graph.quantizationAnnotation.length > 0 ||
      nodes.some(({ opType }) => /Quantize|QLinear|Integer/.test(opType)),
    Training: model.trainingInfo.length > 0,
    TrainingSteps: model.trainingInfo.map((step, index) => ({
      Initialization: step.initialization && `training:${index}.initialization`,
      Algorithm: step.algorithm && `training:${index}.algorithm`,
      InitializationBindings: entries(step.initializationBinding),
      UpdateBindings: entries(step.updateBinding),
    })),
    Devices: model.configuration.map(({ name, numDevices, device }) => ({
      Name: name,
      Count: numDevices,
      Devices: device,
    })),
  }
}

/** A tensor under the name that the report gives it; `dims` are those of the whole, also of a sparse one. */
type StoredMessage = { name: string; tensor: TensorMessage; dims: string[] }
type MessageScope = { id: string; nodes: NodeMessage[]; stored: StoredMessage[] }

function graphScopes(id: string, graph: GraphMessage): MessageScope[] {
  return nodeScopes(id, graph.node, [
    ...graph.initializer.map((tensor) => dense(tensor.name, tensor)),
    ...graph.sparseInitializer.map((item) => sparse(item.values.name, item)),
  ])
}

function nodeScopes(id: string, nodes: NodeMessage[], stored: StoredMessage[]): MessageScope[] {
  const inner = nodes.flatMap(({ attribute }, at) =>
    attribute.flatMap(({ name, type, g, graphs }) => {
      const path = `${id}/${at}.${encodeURIComponent(name).replaceAll('.', '%2E')}`
      if (type === 5) return g ? graphScopes(path, g) : []
      return type === 10 ? graphs.flatMap((graph, index) => graphScopes(`${path}.${index}`, graph)) : []
    }),
  )
  return [{ id, nodes, stored }, ...inner]
}

function attributeTensors({ name: node, opType, output, attribute }: NodeMessage): StoredMessage[] {
  return attribute.flatMap((message) => {
    const { name: own, type, t, tensors, sparseTensor, sparseTensors } = message
    const name = `${output[0] ?? node}${opType === 'Constant' ? '' : `.${own}`}`
    if (type === 4) return t ? [dense(name, t)] : []
    const list = longList(message)
    if (list !== null) return [dense(name, list)]
    if (type === 9) return tensors.map((tensor, index) => dense(`${name}.${index}`, tensor))
    if (type === 11) return sparseTensor ? [sparse(name, sparseTensor)] : []
    return type === 12 ? sparseTensors.map((item, index) => sparse(`${name}.${index}`, item)) : []
  })
}

/** A list or text that the report counts as a tensor of one axis, since it is too long to be part of the structure. */
function longList({ type, floats, ints, strings, s }: AttributeMessage): TensorMessage | null {
  const tensor = (dataType: number, count: number): TensorMessage => ({
    ...{
      name: '',
      dataType,
      dims: [String(count)],
      rawData: new Uint8Array(),
      stringData: [],
      dataLocation: 0,
      segment: null,
    },
    ...{ externalData: [], docString: '', metadataProps: [] },
  })
  if (type === 6 && floats.length > longestKeptList) return tensor(1, floats.length)
  if (type === 7 && ints.length > longestKeptList) return tensor(7, ints.length)
  if (type === 3 && s.length > longestKeptText) return tensor(2, s.length)
  const isLong = strings.length > longestKeptList || strings.some((text) => text.length > longestKeptText)
  return type === 8 && isLong ? { ...tensor(8, strings.length), stringData: strings } : null
}

function dense(name: string, tensor: TensorMessage): StoredMessage {
  return { name, tensor, dims: tensor.dims }
}

function sparse(name: string, { values, dims }: SparseMessage): StoredMessage {
  return { name, tensor: values, dims }
}

function countOf({ dims }: TensorMessage): number {
  return dims.reduce((product, size) => product * Number(size), 1)
}

function bytesOf(tensor: TensorMessage): number {
  const strings = tensor.stringData.reduce((sum, item) => sum + item.length, 0)
  return bytesOfElements(elementTypeOfCode(tensor.dataType), countOf(tensor)) ?? (tensor.rawData.length || strings)
}

function externalEntry({ externalData }: TensorMessage, wanted: string): string {
  return externalData.find(({ key }) => key === wanted)?.value ?? ''
}

function entries(messages: readonly EntryMessage[]): { Key: string; Value: string }[] {
  return messages.map(({ key, value }) => ({ Key: key, Value: value }))
}

function axisDenotations(type: TypeMessage | null): string[] | undefined {
  const axes = (type?.tensorType ?? type?.sparseTensorType)?.shape?.dim.map(({ denotation }) => denotation)
  return axes?.some(Boolean) ? axes : undefined
}

/** ONNX's own words for a type. */
function typeWords(type: TypeMessage | null): string {
  if (type?.tensorType) return `tensor(${elementTypeOfCode(type.tensorType.elemType)})`
  if (type?.sparseTensorType) return `sparse_tensor(${elementTypeOfCode(type.sparseTensorType.elemType)})`
  if (type?.sequenceType) return `seq(${typeWords(type.sequenceType.elemType)})`
  if (type?.optionalType) return `optional(${typeWords(type.optionalType.elemType)})`
  if (type?.mapType) return `map(${elementTypeOfCode(type.mapType.keyType)},${typeWords(type.mapType.valueType)})`
  return type?.opaqueType ? `opaque(${type.opaqueType.domain},${type.opaqueType.name})` : 'undefined'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function described(type: TypeMessage | null): {
  Kind: string
  ElementType: string
  Shape: (number | string | null)[] | null
} {
  const shaped = type?.tensorType ?? type?.sparseTensorType
  if (shaped) {
    const Shape =
      shaped.shape?.dim.map(({ dimValue, dimParam }) => dimParam || (dimValue === undefined ? null : wide(dimValue))) ??
      null
    return { Kind: type?.tensorType ? 'tensor' : 'sparse', ElementType: elementTypeOfCode(shaped.elemType), Shape }
  }
  if (type?.sequenceType) return { ...described(type.sequenceType.elemType), Kind: 'sequence' }
  if (type?.optionalType) return { ...described(type.optionalType.elemType), Kind: 'optional' }
  if (type?.mapType) return { ...described(type.mapType.valueType), Kind: 'map' }
  return { Kind: type?.opaqueType ? 'opaque' : 'tensor', ElementType: 'undefined', Shape: null }
}

function wide(digits: string): number | string {
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
}
