import { bytesOfElements, elementTypeOfCode } from '../../../src-contract/element-type.ts'
import type {
  AttributeMessage,
  GraphMessage,
  ModelMessage,
  NodeMessage,
  TensorMessage,
  TypeMessage,
} from './onnx-messages.ts'

/**
 * What the inspection report must say of a model, worked out in the plainest way from an independent decoder's messages.
 * Everything but the digest, multiply-accumulates and warnings, which no decoder knows.
 */
export function expectedReport(model: ModelMessage) {
  const scopes = [...graphScopes(model.graph), ...model.functions.flatMap((made) => nodeScopes(made.node, []))]
  const nodes = scopes.flatMap((scope) => scope.nodes)
  const tensors = [
    ...scopes.flatMap((scope) => scope.stored),
    ...nodes.flatMap((node) => node.attribute.flatMap(attributeTensors)),
  ]
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
  return {
    IrVersion: wide(model.irVersion),
    Opsets: model.opsetImport.map(({ domain, version }) => ({ Domain: domain, Version: wide(version) })),
    Producer: { Name: model.producerName, Version: model.producerVersion },
    Domain: model.domain,
    ModelVersion: wide(model.modelVersion),
    Documentation: model.docString,
    Metadata: model.metadataProps.map(({ key, value }) => ({ Key: key, Value: value })),
    Graph: {
      Name: model.graph.name,
      Documentation: model.graph.docString,
      Nodes: model.graph.node.length,
      Edges: model.graph.node.flatMap(({ input }) => input).filter((name) => name !== '' && !initialized.has(name))
        .length,
      SubGraphs: scopes.length - 1 - model.functions.length,
      AllNodes: nodes.length,
    },
    Inputs: model.graph.input.map(({ name, type, docString }) => ({
      Name: name,
      ...described(type),
      Initialized: initialized.has(name),
      Documentation: docString,
    })),
    Outputs: model.graph.output.map(({ name, type, docString }) => ({
      Name: name,
      ...described(type),
      Initialized: false,
      Documentation: docString,
    })),
    Operators: Object.fromEntries(operators),
    Functions: model.functions.map(({ domain, name, node }) => ({ Domain: domain, Name: name, Nodes: node.length })),
    Parameters: {
      Count: tensors.reduce((sum, tensor) => sum + countOf(tensor), 0),
      Bytes: tensors.reduce((sum, tensor) => sum + bytesOf(tensor), 0),
    },
    Initializers: tensors.map(bytesOf).sort((a, b) => b - a),
    Locations: [...new Set(tensors.filter(({ dataLocation }) => dataLocation === 1).map(locationOf))],
  }
}

type MessageScope = { nodes: NodeMessage[]; stored: TensorMessage[] }

function graphScopes(graph: GraphMessage): MessageScope[] {
  return nodeScopes(graph.node, [...graph.initializer, ...graph.sparseInitializer.map(({ values }) => values)])
}

function nodeScopes(nodes: NodeMessage[], stored: TensorMessage[]): MessageScope[] {
  const inner = nodes.flatMap(({ attribute }) =>
    attribute.flatMap(({ type, g, graphs }) => (type === 5 && g ? [g] : type === 10 ? graphs : [])),
  )
  return [{ nodes, stored }, ...inner.flatMap(graphScopes)]
}

function attributeTensors({ type, t, tensors, sparseTensor, sparseTensors }: AttributeMessage): TensorMessage[] {
  if (type === 4) return t ? [t] : []
  if (type === 9) return tensors
  if (type === 11) return sparseTensor ? [sparseTensor.values] : []
  return type === 12 ? sparseTensors.map(({ values }) => values) : []
}

function countOf({ dims }: TensorMessage): number {
  return dims.reduce((product, size) => product * Number(size), 1)
}

function bytesOf(tensor: TensorMessage): number {
  const strings = tensor.stringData.reduce((sum, item) => sum + item.length, 0)
  return bytesOfElements(elementTypeOfCode(tensor.dataType), countOf(tensor)) ?? (tensor.rawData.length || strings)
}

function locationOf({ externalData }: TensorMessage): string {
  return externalData.find(({ key }) => key === 'location')?.value ?? ''
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
