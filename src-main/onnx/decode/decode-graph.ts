import { appended } from '../wire/appended.ts'
import { unitsOf, type WireReader } from '../wire/wire-reader.ts'
import { decodeAttribute, type GraphDecoder } from './decode-attribute.ts'
import { decodeNodeDevices } from './decode-devices.ts'
import { decodeEntry, decodeLongText } from './decode-entry.ts'
import { decodeSparseTensor, decodeTensor } from './decode-tensor.ts'
import { decodeValue } from './decode-type.ts'
import type { Attribute, Entry, Graph, Node, NodeDevices, QuantizationAnnotation } from './model.ts'

/** Decodes a GraphProto with all of its sub-graphs. */
export function decodeGraph(reader: WireReader, outer: number): Graph {
  const end = reader.enter(outer)
  const graph = emptyGraph(reader.position, end)
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) graph.nodes.push(decodeNode(reader, end, decodeGraph))
    else decodeGraphField(reader, tag, end, graph)
  }
  reader.leave(end)
  return graph
}

/** Decodes any field of a GraphProto but its nodes into `graph`. */
export function decodeGraphField(reader: WireReader, tag: number, end: number, graph: Graph): void {
  if (tag === 0x2a) graph.initializers.push(decodeTensor(reader, end))
  else if (tag === 0x6a) graph.values.push(decodeValue(reader, end))
  else if (tag === 0x5a) graph.inputs.push(decodeValue(reader, end))
  else if (tag === 0x62) graph.outputs.push(decodeValue(reader, end))
  else if (tag === 0x12) graph.name = reader.string(end)
  else if (tag === 0x52) graph.documentation = decodeLongText(reader, end)
  else if (tag === 0x7a) graph.sparseInitializers.push(decodeSparseTensor(reader, end))
  else if (tag === 0x72) graph.quantization.push(decodeAnnotation(reader, end))
  else if (tag === 0x82) graph.metadata.push(decodeEntry(reader, end))
  else reader.skip(tag, end)
}

/** A graph that holds nothing yet; its message lies between `start` and `end`. */
export function emptyGraph(start: number, end: number): Graph {
  return {
    name: '',
    documentation: '',
    nodes: [],
    initializers: [],
    sparseInitializers: [],
    inputs: [],
    outputs: [],
    values: [],
    quantization: [],
    metadata: [],
    start,
    end,
  }
}

const none: string[] = []
const noAttributes: Attribute[] = []
const noEntries: Entry[] = []
const noDevices: NodeDevices[] = []

/** Decodes a NodeProto. */
export function decodeNode(reader: WireReader, outer: number, decodeSubGraph: GraphDecoder): Node {
  const end = reader.enter(outer, unitsOf.node)
  let name = ''
  let operator = ''
  let domain = ''
  let overload = ''
  let inputs = none
  let outputs = none
  let attributes = noAttributes
  let documentation = ''
  let metadata = noEntries
  let devices = noDevices
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) inputs = appended(inputs, reader.name(end))
    else if (tag === 0x12) outputs = appended(outputs, reader.name(end))
    else if (tag === 0x1a) name = reader.string(end)
    else if (tag === 0x22) operator = reader.string(end)
    else if (tag === 0x2a) attributes = appended(attributes, decodeAttribute(reader, end, decodeSubGraph))
    else if (tag === 0x32) documentation = decodeLongText(reader, end)
    else if (tag === 0x3a) domain = reader.string(end)
    else if (tag === 0x42) overload = reader.string(end)
    else if (tag === 0x4a) metadata = appended(metadata, decodeEntry(reader, end))
    else if (tag === 0x52) devices = appended(devices, decodeNodeDevices(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { name, operator, domain, overload, inputs, outputs, attributes, documentation, metadata, devices }
}

function decodeAnnotation(reader: WireReader, outer: number): QuantizationAnnotation {
  const end = reader.enter(outer)
  let tensor = ''
  const parameters: Entry[] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) tensor = reader.string(end)
    else if (tag === 0x12) parameters.push(decodeEntry(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { tensor, parameters }
}
