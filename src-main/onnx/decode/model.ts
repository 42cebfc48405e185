import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import type { Int64 } from '../wire/wire-reader.ts'

/** The structure of an ONNX model as decoded: everything but the values of tensors. */
export type Model = {
  irVersion: Int64 | null
  opsets: Opset[]
  producerName: string
  producerVersion: string
  domain: string
  modelVersion: Int64
  documentation: string
  metadata: Entry[]
  graph: Graph
  training: Training[]
  functions: ModelFunction[]
  /** Sets of devices that nodes may be placed on. */
  devices: DeviceConfiguration[]
  /** Fields of the file's outermost message that no published onnx.proto knows. */
  unknownFields: number
}

export type Entry = { key: string; value: string }
export type Opset = { domain: string; version: Int64 }

/** One step of a training algorithm (TrainingInfoProto). */
export type Training = {
  initialization: Graph | null
  algorithm: Graph | null
  initializationBinding: Entry[]
  updateBinding: Entry[]
}

export type Graph = {
  name: string
  documentation: string
  nodes: Node[]
  initializers: Tensor[]
  sparseInitializers: SparseTensor[]
  inputs: Value[]
  outputs: Value[]
  /** Types of values inside the graph, as far as the exporter wrote them down. */
  values: Value[]
  quantization: QuantizationAnnotation[]
  metadata: Entry[]
  /** Where the graph's message lies in the source. */
  start: number
  end: number
}

export type Node = {
  name: string
  operator: string
  domain: string
  overload: string
  inputs: string[]
  outputs: string[]
  attributes: Attribute[]
  documentation: string
  metadata: Entry[]
  devices: NodeDevices[]
}

/** `reference` names the function's attribute that stands here instead of a value, or is empty. */
export type Attribute = {
  name: string
  reference: string
  value: AttributeValue
  documentation: string
  /** Where the attribute's message lies, if its value is too long to be kept, for whoever wants it. */
  range: { start: number; end: number } | null
}

/** Lists are counted, and kept only up to `longestKeptList` items; texts only up to `longestKeptText` bytes. */
export type AttributeValue =
  | { type: 'undefined' }
  | { type: 'float'; value: number }
  | { type: 'int'; value: Int64 }
  | { type: 'string'; bytes: number; value: string | null }
  | { type: 'tensor'; value: Tensor }
  | { type: 'sparse_tensor'; value: SparseTensor }
  | { type: 'graph'; value: Graph }
  | { type: 'type_proto'; value: ValueType }
  | { type: 'floats'; count: number; values: number[] | null }
  | { type: 'ints'; count: number; values: Int64[] | null }
  | { type: 'strings'; count: number; bytes: number; values: string[] | null }
  | { type: 'tensors'; values: Tensor[] }
  | { type: 'sparse_tensors'; values: SparseTensor[] }
  | { type: 'graphs'; values: Graph[] }
  | { type: 'type_protos'; values: ValueType[] }

/** The default domain of operators has two names; here it is ''. */
export function plainDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain
}

export const longestKeptList = 256
export const longestKeptText = 4096

/** Where the values of a tensor are. */
export type TensorStorage = 'raw' | 'typed' | 'strings' | 'external' | 'none'

/** A tensor without its values. `start` and `end` are where its message lies in the source, for whoever wants them. */
export type Tensor = {
  name: string
  elementType: ElementType
  elementCode: number
  dimensions: Int64[]
  storage: TensorStorage
  /** Bytes in `raw_data`, or of all strings; of typed fields, what the encoding takes. */
  storedBytes: number
  external: ExternalData | null
  /** Which of the values are here, where the tensor says that it is but a piece of one. */
  segment: { begin: Int64; end: Int64 } | null
  documentation: string
  metadata: Entry[]
  start: number
  end: number
}

/** What a tensor says of its external file. `offset` and `length` are null where it says nothing. */
export type ExternalData = {
  location: string
  offset: Int64 | null
  length: Int64 | null
  checksum: string | null
}

export type SparseTensor = { values: Tensor; indices: Tensor | null; dimensions: Int64[] }

export type Value = { name: string; type: ValueType | null; documentation: string; metadata: Entry[] }

/** A size, a symbol's name, or null where nothing is known. */
export type Dimension = Int64 | string | null

/**
 * `denotation` is the exporter's word for what the whole means, such as IMAGE, and `axes` for what each axis means, such as
 * DATA_CHANNEL; there only where something is said.
 */
export type ValueType = (
  | { kind: 'tensor' | 'sparse'; elementType: ElementType; elementCode: number; shape: Dimension[] | null }
  | { kind: 'sequence' | 'optional'; of: ValueType | null }
  | { kind: 'map'; keyType: ElementType; of: ValueType | null }
  | { kind: 'opaque'; domain: string; name: string }
) & { denotation?: string; axes?: string[] }

export type QuantizationAnnotation = { tensor: string; parameters: Entry[] }

export type ModelFunction = {
  name: string
  domain: string
  overload: string
  documentation: string
  inputs: string[]
  outputs: string[]
  attributes: string[]
  defaults: Attribute[]
  nodes: Node[]
  opsets: Opset[]
  values: Value[]
  metadata: Entry[]
}

/** A named set of devices. */
export type DeviceConfiguration = { name: string; count: number; devices: string[] }

/** Where a node runs in one of the model's device configurations. */
export type NodeDevices = { configuration: string; stage: number | null; sharding: Sharding[] }

/** How a tensor is spread over devices. `groups` says which devices a number in `devices` stands for. */
export type Sharding = {
  tensor: string
  devices: Int64[]
  groups: { index: Int64; devices: Int64[] }[]
  axes: { axis: Int64; parts: { size: Dimension; shards: Int64 }[] }[]
}
