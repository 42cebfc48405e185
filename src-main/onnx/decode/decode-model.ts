import type { ByteSource } from '../wire/byte-source.ts'
import { WireReader } from '../wire/wire-reader.ts'
import { decodeAttribute } from './decode-attribute.ts'
import { decodeDeviceConfiguration } from './decode-devices.ts'
import { decodeEntry, decodeLongText, decodeOpset } from './decode-entry.ts'
import { decodeGraph, decodeNode, emptyGraph } from './decode-graph.ts'
import { decodeValue } from './decode-type.ts'
import type { Graph, Model, ModelFunction, Training } from './model.ts'

/** What decoding found out before it came to its end or to a problem. */
export type DecodeProgress = { recognisedFields: number }

/**
 * Decodes the structure of a ModelProto; null where it holds no graph. The values of tensors are never read.
 * `progress` counts the fields that belong to a model, so that whoever catches a problem can tell a damaged model from
 * a file of another kind.
 * @throws {WireError} where the bytes are no well-formed message, or hold more than is ever needed
 */
export function decodeModel(source: ByteSource, progress: DecodeProgress): Model | null {
  const reader = new WireReader(source)
  const end = source.size
  const model: Model = {
    irVersion: null,
    opsets: [],
    producerName: '',
    producerVersion: '',
    domain: '',
    modelVersion: 0,
    documentation: '',
    metadata: [],
    graph: emptyGraph(0, 0),
    training: [],
    functions: [],
    devices: [],
    unknownFields: 0,
  }
  let hasGraph = false
  while (reader.position < end) {
    const tag = reader.tag()
    // A lone graph or function at the end of a cut file still tells that this is a model.
    if (tag === 0x3a || tag === 0x42 || tag === 0xca) progress.recognisedFields++
    if (tag === 0x3a) {
      model.graph = merged(model.graph, decodeGraph(reader, end))
      hasGraph = true
    } else if (!decodeModelField(reader, tag, end, model)) {
      reader.skip(tag, end)
      model.unknownFields++
    } else if (tag === 0x08) progress.recognisedFields++
  }
  return hasGraph ? model : null
}

/** Decodes any field of a ModelProto but its graph; false where the field is none of a model's. */
function decodeModelField(reader: WireReader, tag: number, end: number, model: Model): boolean {
  if (tag === 0x08) model.irVersion = reader.int64()
  else if (tag === 0x12) model.producerName = reader.string(end)
  else if (tag === 0x1a) model.producerVersion = reader.string(end)
  else if (tag === 0x22) model.domain = reader.string(end)
  else if (tag === 0x28) model.modelVersion = reader.int64()
  else if (tag === 0x32) model.documentation = decodeLongText(reader, end)
  else if (tag === 0x42) model.opsets.push(decodeOpset(reader, end))
  else if (tag === 0x72) model.metadata.push(decodeEntry(reader, end))
  else if (tag === 0xa2) model.training.push(decodeTraining(reader, end))
  else if (tag === 0xca) model.functions.push(decodeFunction(reader, end))
  else if (tag === 0xd2) model.devices.push(decodeDeviceConfiguration(reader, end))
  else return false
  return true
}

/** A second graph field adds to the first, as protobuf has it for every repeated occurrence of one message. */
function merged(first: Graph, second: Graph): Graph {
  if (first.end === 0) return second
  return {
    name: second.name || first.name,
    documentation: second.documentation || first.documentation,
    nodes: first.nodes.concat(second.nodes),
    initializers: first.initializers.concat(second.initializers),
    sparseInitializers: first.sparseInitializers.concat(second.sparseInitializers),
    inputs: first.inputs.concat(second.inputs),
    outputs: first.outputs.concat(second.outputs),
    values: first.values.concat(second.values),
    quantization: first.quantization.concat(second.quantization),
    metadata: first.metadata.concat(second.metadata),
    start: first.start,
    end: second.end,
  }
}

function decodeTraining(reader: WireReader, outer: number): Training {
  const end = reader.enter(outer)
  const training: Training = { initialization: null, algorithm: null, initializationBinding: [], updateBinding: [] }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) training.initialization = decodeGraph(reader, end)
    else if (tag === 0x12) training.algorithm = decodeGraph(reader, end)
    else if (tag === 0x1a) training.initializationBinding.push(decodeEntry(reader, end))
    else if (tag === 0x22) training.updateBinding.push(decodeEntry(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return training
}

/** Decodes a FunctionProto: an operator that the model defines itself. */
function decodeFunction(reader: WireReader, outer: number): ModelFunction {
  const end = reader.enter(outer)
  const made = emptyFunction()
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) made.name = reader.string(end)
    else if (tag === 0x22) made.inputs.push(reader.name(end))
    else if (tag === 0x2a) made.outputs.push(reader.name(end))
    else if (tag === 0x32) made.attributes.push(reader.name(end))
    else if (tag === 0x3a) made.nodes.push(decodeNode(reader, end, decodeGraph))
    else if (tag === 0x42) made.documentation = decodeLongText(reader, end)
    else if (tag === 0x4a) made.opsets.push(decodeOpset(reader, end))
    else if (tag === 0x52) made.domain = reader.string(end)
    else if (tag === 0x5a) made.defaults.push(decodeAttribute(reader, end, decodeGraph))
    else if (tag === 0x62) made.values.push(decodeValue(reader, end))
    else if (tag === 0x6a) made.overload = reader.string(end)
    else if (tag === 0x72) made.metadata.push(decodeEntry(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return made
}

function emptyFunction(): ModelFunction {
  return {
    name: '',
    domain: '',
    overload: '',
    documentation: '',
    inputs: [],
    outputs: [],
    attributes: [],
    defaults: [],
    nodes: [],
    opsets: [],
    values: [],
    metadata: [],
  }
}
