import { type ElementType, elementTypes } from '../../../src-contract/contract/models/element-type.ts'
import type {
  AttributeSpec,
  DimensionSpec,
  EntrySpec,
  FunctionSpec,
  GraphSpec,
  ModelSpec,
  NodeSpec,
  PlacementSpec,
  SparseSpec,
  TensorSpec,
  TypeSpec,
  ValueSpec,
} from './model-spec.ts'
import { varintBytes, WireWriter } from './wire-writer.ts'

/*
 * Writes ONNX models for tests. Only what is given is written, so that tests can also leave out what ONNX requires.
 * Field numbers are those of the public onnx.proto.
 */

export type * from './model-spec.ts'

/** The bytes of a model; IR version 8 and operator set 17 unless told otherwise. */
export function buildModel(spec: ModelSpec): Uint8Array {
  const { irVersion = 8, opsets = { '': 17 }, graph } = spec
  const writer = new WireWriter()
  if (irVersion !== null) writer.varint(1, irVersion)
  if (spec.producer) writer.string(2, spec.producer.name).string(3, spec.producer.version)
  if (spec.domain !== undefined) writer.string(4, spec.domain)
  if (spec.modelVersion !== undefined) writer.varint(5, spec.modelVersion)
  if (spec.documentation !== undefined) writer.string(6, spec.documentation)
  if (graph) writer.message(7, (inner) => writeGraph(inner, graph))
  writeOpsets(writer, 8, opsets)
  writeEntries(writer, 14, spec.metadata)
  for (const { initialization, algorithm, initials, updates } of spec.training ?? []) {
    writer.message(20, (inner) => {
      if (initialization) inner.message(1, (deeper) => writeGraph(deeper, initialization))
      if (algorithm) inner.message(2, (deeper) => writeGraph(deeper, algorithm))
      writeEntries(inner, 3, initials)
      writeEntries(inner, 4, updates)
    })
  }
  for (const made of spec.functions ?? []) writer.message(25, (inner) => writeFunction(inner, made))
  for (const device of spec.devices ?? [])
    writer.message(26, (inner) =>
      inner.string(1, device).varint(2, 2).string(3, `${device}:0`).string(3, `${device}:1`),
    )
  return writer.finish()
}

/** The bytes of a tensor alone, as ONNX's test data has them. */
export function buildTensor(spec: TensorSpec): Uint8Array {
  const writer = new WireWriter()
  writeTensor(writer, spec)
  return writer.finish()
}

/** The bytes of a graph, to be put into a model piece by piece. */
export function buildGraph(spec: GraphSpec): Uint8Array {
  const writer = new WireWriter()
  writeGraph(writer, spec)
  return writer.finish()
}

function writeGraph(writer: WireWriter, spec: GraphSpec): void {
  for (const node of spec.nodes ?? []) writer.message(1, (inner) => writeNode(inner, node))
  if (spec.name !== undefined) writer.string(2, spec.name)
  for (const tensor of spec.initializers ?? []) writer.message(5, (inner) => writeTensor(inner, tensor))
  if (spec.documentation !== undefined) writer.string(10, spec.documentation)
  for (const value of spec.inputs ?? []) writer.message(11, (inner) => writeValue(inner, value))
  for (const value of spec.outputs ?? []) writer.message(12, (inner) => writeValue(inner, value))
  for (const value of spec.values ?? []) writer.message(13, (inner) => writeValue(inner, value))
  for (const { tensor, parameters } of spec.quantization ?? []) {
    writer.message(14, (inner) => {
      inner.string(1, tensor)
      writeEntries(inner, 2, parameters)
    })
  }
  for (const sparse of spec.sparseInitializers ?? []) writer.message(15, (inner) => writeSparse(inner, sparse))
  writeEntries(writer, 16, spec.metadata)
}

function writeNode(writer: WireWriter, spec: NodeSpec): void {
  for (const input of spec.inputs ?? []) writer.string(1, input)
  for (const output of spec.outputs ?? []) writer.string(2, output)
  if (spec.name !== undefined) writer.string(3, spec.name)
  writer.string(4, spec.operator)
  writeAttributes(writer, 5, spec.attributes)
  if (spec.documentation !== undefined) writer.string(6, spec.documentation)
  if (spec.domain !== undefined) writer.string(7, spec.domain)
  if (spec.overload !== undefined) writer.string(8, spec.overload)
  writeEntries(writer, 9, spec.metadata)
  for (const placement of spec.devices ?? []) writer.message(10, (inner) => writePlacement(inner, placement))
}

function writeAttributes(writer: WireWriter, field: number, attributes: Record<string, AttributeSpec> = {}): void {
  for (const [name, spec] of Object.entries(attributes)) {
    writer.message(field, (inner) => {
      writeAttribute(inner.string(1, name), spec)
      if ('documentation' in spec && spec.documentation !== undefined) inner.string(13, spec.documentation)
    })
  }
}

function writeAttribute(writer: WireWriter, spec: AttributeSpec): void {
  const type = (code: number) => writer.varint(20, code)
  if ('reference' in spec) type(spec.type).string(21, spec.reference)
  else if ('float' in spec) type(1).float(2, spec.float)
  else if ('int' in spec) type(2).varint(3, spec.int)
  else if ('string' in spec) type(3).bytes(4, asBytes(spec.string))
  else if ('tensor' in spec) type(4).message(5, (inner) => writeTensor(inner, spec.tensor))
  else if ('graph' in spec) type(5).message(6, (inner) => writeGraph(inner, spec.graph))
  else if ('sparse' in spec) type(11).message(22, (inner) => writeSparse(inner, spec.sparse))
  else if ('typeProto' in spec) type(13).message(14, (inner) => writeType(inner, spec.typeProto))
  else if ('floats' in spec) {
    type(6)
    for (const value of spec.floats) writer.float(7, value)
  } else if ('ints' in spec) {
    type(7)
    for (const value of spec.ints) writer.varint(8, value)
  } else if ('strings' in spec) {
    type(8)
    for (const value of spec.strings) writer.string(9, value)
  } else if ('tensors' in spec) {
    type(9)
    for (const tensor of spec.tensors) writer.message(10, (inner) => writeTensor(inner, tensor))
  } else if ('graphs' in spec) {
    type(10)
    for (const graph of spec.graphs) writer.message(11, (inner) => writeGraph(inner, graph))
  } else if ('sparses' in spec) {
    type(12)
    for (const sparse of spec.sparses) writer.message(23, (inner) => writeSparse(inner, sparse))
  } else {
    type(14)
    for (const item of spec.typeProtos) writer.message(15, (inner) => writeType(inner, item))
  }
}

function writePlacement(writer: WireWriter, spec: PlacementSpec): void {
  writer.string(1, spec.configuration).message(2, (sharding) => {
    sharding.string(1, spec.tensor)
    for (const device of spec.devices) sharding.varint(2, device)
    for (const [key, devices] of Object.entries(spec.groups))
      sharding.message(3, (group) => group.varint(1, Number(key)).bytes(2, packed(devices)))
    for (const { axis, size, shards } of spec.axes) {
      sharding.message(4, (dimension) =>
        dimension.varint(1, axis).message(2, (part) => {
          if (typeof size === 'string') part.string(2, size)
          else part.varint(1, size)
          part.varint(3, shards)
        }),
      )
    }
  })
  writer.varint(3, spec.stage)
}

function writeTensor(writer: WireWriter, spec: TensorSpec): void {
  for (const size of spec.shape) writer.varint(1, size)
  writer.varint(2, codeOf(spec.type))
  if (spec.segment) {
    const [begin, end] = spec.segment
    writer.message(3, (inner) => inner.varint(1, begin).varint(2, end))
  }
  if (spec.floats) writer.bytes(4, new Uint8Array(Float32Array.from(spec.floats).buffer))
  if (spec.int32s) writer.bytes(5, packed(spec.int32s))
  for (const text of spec.strings ?? []) writer.string(6, text)
  if (spec.int64s) writer.bytes(7, packed(spec.int64s))
  if (spec.name !== undefined) writer.string(8, spec.name)
  if (spec.raw) writer.bytes(9, spec.raw)
  if (spec.doubles) writer.bytes(10, new Uint8Array(Float64Array.from(spec.doubles).buffer))
  if (spec.uint64s) writer.bytes(11, packed(spec.uint64s))
  if (spec.documentation !== undefined) writer.string(12, spec.documentation)
  writeEntries(writer, 13, spec.external)
  if (spec.external) writer.varint(14, 1)
  writeEntries(writer, 16, spec.metadata)
}

function writeSparse(writer: WireWriter, spec: SparseSpec): void {
  writer.message(1, (inner) => writeTensor(inner, spec.values))
  writer.message(2, (inner) => writeTensor(inner, spec.indices))
  for (const size of spec.shape) writer.varint(3, size)
}

function writeValue(writer: WireWriter, spec: ValueSpec): void {
  const { type } = spec
  writer.string(1, spec.name)
  if (type) {
    writer.message(2, (inner) => {
      writeType(inner, type)
      if (spec.denotation !== undefined) inner.string(6, spec.denotation)
    })
  }
  if (spec.documentation !== undefined) writer.string(3, spec.documentation)
  writeEntries(writer, 4, spec.metadata)
}

function writeType(writer: WireWriter, spec: TypeSpec): void {
  if ('tensor' in spec) writer.message(1, (inner) => writeTensorType(inner, spec.tensor, spec.shape, spec.axes))
  else if ('sparse' in spec) writer.message(8, (inner) => writeTensorType(inner, spec.sparse, spec.shape))
  else if ('sequence' in spec) writer.message(4, (inner) => inner.message(1, (of) => writeType(of, spec.sequence)))
  else if ('optional' in spec) writer.message(9, (inner) => inner.message(1, (of) => writeType(of, spec.optional)))
  else if ('map' in spec) {
    writer.message(5, (inner) => inner.varint(1, codeOf(spec.key)).message(2, (of) => writeType(of, spec.map)))
  } else writer.message(7, (inner) => inner.string(1, spec.domain).string(2, spec.opaque))
}

function writeTensorType(
  writer: WireWriter,
  type: ElementType | number,
  shape: DimensionSpec[] | undefined,
  axes: string[] = [],
): void {
  writer.varint(1, codeOf(type))
  if (shape === undefined) return
  writer.message(2, (inner) => {
    for (const [axis, size] of shape.entries()) {
      inner.message(1, (dimension) => {
        if (typeof size === 'string') dimension.string(2, size)
        else if (size !== null) dimension.varint(1, size)
        if (axes[axis]) dimension.string(3, axes[axis])
      })
    }
  })
}

function writeFunction(writer: WireWriter, spec: FunctionSpec): void {
  writer.string(1, spec.name)
  for (const name of spec.inputs ?? []) writer.string(4, name)
  for (const name of spec.outputs ?? []) writer.string(5, name)
  for (const name of spec.attributes ?? []) writer.string(6, name)
  for (const node of spec.nodes ?? []) writer.message(7, (inner) => writeNode(inner, node))
  if (spec.documentation !== undefined) writer.string(8, spec.documentation)
  writeOpsets(writer, 9, spec.opsets ?? { '': 17 })
  writer.string(10, spec.domain)
  writeAttributes(writer, 11, spec.defaults)
  for (const value of spec.values ?? []) writer.message(12, (inner) => writeValue(inner, value))
  if (spec.overload !== undefined) writer.string(13, spec.overload)
  writeEntries(writer, 14, spec.metadata)
}

function writeOpsets(writer: WireWriter, field: number, opsets: Record<string, number>): void {
  for (const [domain, version] of Object.entries(opsets)) {
    writer.message(field, (inner) => inner.string(1, domain).varint(2, version))
  }
}

function writeEntries(writer: WireWriter, field: number, entries: EntrySpec = {}): void {
  for (const [key, value] of Object.entries(entries))
    writer.message(field, (inner) => inner.string(1, key).string(2, value))
}

function packed(values: readonly (number | bigint)[]): Uint8Array {
  const writer = new WireWriter()
  for (const value of values) writer.raw(varintBytes(value))
  return writer.finish()
}

function codeOf(type: ElementType | number): number {
  return typeof type === 'number' ? type : elementTypes[type].code
}

function asBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? new TextEncoder().encode(value) : value
}
