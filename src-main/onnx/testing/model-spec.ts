import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'

/* What the models of tests are described by. Names are those of the public onnx.proto, in the words of this project. */

export type EntrySpec = Record<string, string>
export type DimensionSpec = number | bigint | string | null
export type TypeSpec =
  | { tensor: ElementType | number; shape?: DimensionSpec[] /** What each axis means. */; axes?: string[] }
  | { sparse: ElementType | number; shape?: DimensionSpec[] }
  | { sequence: TypeSpec }
  | { optional: TypeSpec }
  | { map: TypeSpec; key: ElementType | number }
  | { opaque: string; domain: string }
export type ValueSpec = {
  name: string
  type?: TypeSpec
  documentation?: string
  metadata?: EntrySpec
  /** What the whole means, such as IMAGE. */
  denotation?: string
}

export type TensorSpec = {
  name?: string
  type: ElementType | number
  shape: (number | bigint)[]
  raw?: Uint8Array
  floats?: number[]
  int32s?: number[]
  int64s?: (number | bigint)[]
  doubles?: number[]
  uint64s?: (number | bigint)[]
  strings?: string[]
  external?: EntrySpec
  /** Which values are here, where the others are not. */
  segment?: [begin: number, end: number]
  documentation?: string
  metadata?: EntrySpec
}
export type SparseSpec = { values: TensorSpec; indices: TensorSpec; shape: number[] }

export type AttributeSpec =
  | { float: number; documentation?: string }
  | { int: number | bigint }
  | { string: string | Uint8Array }
  | { tensor: TensorSpec }
  | { graph: GraphSpec }
  | { sparse: SparseSpec }
  | { typeProto: TypeSpec }
  | { floats: number[] }
  | { ints: (number | bigint)[] }
  | { strings: string[] }
  | { tensors: TensorSpec[] }
  | { graphs: GraphSpec[] }
  | { typeProtos: TypeSpec[] }
  | { sparses: SparseSpec[] }
  | { reference: string; type: number }

export type NodeSpec = {
  operator: string
  inputs?: string[]
  outputs?: string[]
  name?: string
  domain?: string
  overload?: string
  attributes?: Record<string, AttributeSpec>
  documentation?: string
  metadata?: EntrySpec
  devices?: PlacementSpec[]
}

/** Where a node runs: one tensor, one group, one axis in one part are enough to try every field. */
export type PlacementSpec = {
  configuration: string
  stage: number
  tensor: string
  devices: number[]
  groups: Record<number, number[]>
  axes: { axis: number; size: number | string; shards: number }[]
}

export type GraphSpec = {
  name?: string
  documentation?: string
  nodes?: NodeSpec[]
  initializers?: TensorSpec[]
  sparseInitializers?: SparseSpec[]
  inputs?: ValueSpec[]
  outputs?: ValueSpec[]
  values?: ValueSpec[]
  quantization?: { tensor: string; parameters: EntrySpec }[]
  metadata?: EntrySpec
}

export type FunctionSpec = {
  name: string
  domain: string
  overload?: string
  inputs?: string[]
  outputs?: string[]
  attributes?: string[]
  defaults?: Record<string, AttributeSpec>
  nodes?: NodeSpec[]
  opsets?: Record<string, number>
  values?: ValueSpec[]
  documentation?: string
  metadata?: EntrySpec
}

export type ModelSpec = {
  irVersion?: number | null
  opsets?: Record<string, number>
  producer?: { name: string; version: string }
  domain?: string
  modelVersion?: number | bigint
  documentation?: string
  metadata?: EntrySpec
  graph?: GraphSpec
  training?: { initialization?: GraphSpec; algorithm?: GraphSpec; initials?: EntrySpec; updates?: EntrySpec }[]
  functions?: FunctionSpec[]
  devices?: string[]
}
