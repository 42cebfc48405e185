import { elementTypeOfCode } from '../../../src-contract/contract/models/element-type.ts'
import { longestKeptList, longestKeptText } from '../decode/model.ts'
import type {
  AttributeMessage,
  DevicesMessage,
  EntryMessage,
  FunctionMessage,
  GraphMessage,
  ModelMessage,
  NodeMessage,
  OpsetMessage,
  SparseMessage,
  TensorMessage,
  TypeMessage,
  ValueMessage,
} from './onnx-messages.ts'

/** The normal form (normal-form.ts) of a model that an independent decoder read. */
export function normalMessage(model: ModelMessage) {
  return {
    irVersion: model.irVersion,
    opsets: opsets(model.opsetImport),
    texts: [model.producerName, model.producerVersion, model.domain, model.modelVersion, model.docString],
    metadata: entries(model.metadataProps),
    graph: graph(model.graph),
    training: model.trainingInfo.map((item) => ({
      initialization: item.initialization && graph(item.initialization),
      algorithm: item.algorithm && graph(item.algorithm),
      bindings: [entries(item.initializationBinding), entries(item.updateBinding)],
    })),
    functions: model.functions.map(madeFunction),
    devices: model.configuration.map(({ name, numDevices, device }) => [name, numDevices, device]),
  }
}

function madeFunction(made: FunctionMessage) {
  return {
    texts: [made.name, made.domain, made.overload, made.docString],
    names: [made.input, made.output, made.attribute],
    defaults: made.attributeProto.map(attribute),
    nodes: made.node.map(node),
    opsets: opsets(made.opsetImport),
    values: made.valueInfo.map(value),
    metadata: entries(made.metadataProps),
  }
}

function graph(message: GraphMessage): Record<string, unknown> {
  return {
    texts: [message.name, message.docString],
    nodes: message.node.map(node),
    initializers: message.initializer.map(tensor),
    sparse: message.sparseInitializer.map(sparse),
    values: [message.input, message.output, message.valueInfo].map((list) => list.map(value)),
    quantization: message.quantizationAnnotation.map((item) => [
      item.tensorName,
      entries(item.quantParameterTensorNames),
    ]),
    metadata: entries(message.metadataProps),
  }
}

function node(message: NodeMessage) {
  return {
    texts: [message.name, message.opType, message.domain, message.overload, message.docString],
    names: [message.input, message.output],
    attributes: message.attribute.map(attribute),
    metadata: entries(message.metadataProps),
    devices: message.deviceConfigurations.map(placement),
  }
}

function placement({ configurationId, pipelineStage, shardingSpec }: DevicesMessage) {
  return [
    configurationId,
    pipelineStage,
    shardingSpec.map(({ tensorName, device, indexToDeviceGroupMap, shardedDim }) => [
      tensorName,
      device,
      indexToDeviceGroupMap.map((group) => [group.key, group.value]),
      shardedDim.map(({ axis, simpleSharding }) => [
        axis,
        simpleSharding.map(({ dimValue, dimParam, numShards }) => [dimParam ?? dimValue ?? 'null', numShards]),
      ]),
    ]),
  ]
}

function attribute(message: AttributeMessage): unknown {
  const [type, content] = attributeContent(message)
  return [message.name, message.refAttrName, message.docString, type, content]
}

function attributeContent(message: AttributeMessage): [string, unknown] {
  switch (message.type) {
    case 1:
      return ['float', message.f]
    case 2:
      return ['int', message.i]
    case 3:
      return ['string', message.s.length > longestKeptText ? message.s.length : text(message.s)]
    case 4:
      return ['tensor', message.t && tensor(message.t)]
    case 5:
      return ['graph', message.g && graph(message.g)]
    case 6:
      return ['floats', kept(message.floats)]
    case 7:
      return ['ints', kept(message.ints)]
    case 8:
      return [
        'strings',
        message.strings.some((item) => item.length > longestKeptText)
          ? message.strings.length
          : kept(message.strings.map(text)),
      ]
    case 9:
      return ['tensors', message.tensors.map(tensor)]
    case 10:
      return ['graphs', message.graphs.map(graph)]
    case 11:
      return ['sparse_tensor', message.sparseTensor && sparse(message.sparseTensor)]
    case 12:
      return ['sparse_tensors', message.sparseTensors.map(sparse)]
    case 13:
      return ['type_proto', message.tp && type(message.tp)]
    case 14:
      return ['type_protos', message.typeProtos.map(type)]
    default:
      return ['undefined', null]
  }
}

function tensor(message: TensorMessage) {
  const isExternal = message.dataLocation === 1
  const entry = (key: string) => message.externalData.findLast((item) => item.key === key)?.value ?? null
  const strings = message.stringData.reduce((sum, item) => sum + item.length, 0)
  const stored = message.rawData.length > 0 ? message.rawData.length : message.stringData.length > 0 ? strings : null
  return {
    name: message.name,
    code: message.dataType,
    dims: message.dims,
    stored: isExternal ? null : stored,
    external: isExternal ? [entry('location') ?? '', String(entry('offset')), String(entry('length'))] : null,
    segment: message.segment && [message.segment.begin, message.segment.end],
    documentation: message.docString,
    metadata: entries(message.metadataProps),
  }
}

function sparse(message: SparseMessage) {
  return { values: tensor(message.values), indices: message.indices && tensor(message.indices), dims: message.dims }
}

function value(message: ValueMessage) {
  const { name, docString, metadataProps } = message
  return { name, type: message.type && type(message.type), documentation: docString, metadata: entries(metadataProps) }
}

function type(message: TypeMessage): unknown {
  const { tensorType, sparseTensorType, sequenceType, optionalType, mapType, opaqueType, denotation } = message
  const shaped = tensorType ?? sparseTensorType
  if (shaped) {
    const shape = shaped.shape?.dim.map(({ dimValue, dimParam }) => dimParam || (dimValue ?? null)) ?? null
    const axes = shaped.shape?.dim.map(({ denotation: axis }) => axis) ?? []
    return [tensorType ? 'tensor' : 'sparse', denotation, shaped.elemType, shape, axes.some(Boolean) ? axes : null]
  }
  if (sequenceType) return ['sequence', denotation, sequenceType.elemType && type(sequenceType.elemType)]
  if (optionalType) return ['optional', denotation, optionalType.elemType && type(optionalType.elemType)]
  if (mapType)
    return ['map', denotation, elementTypeOfCode(mapType.keyType), mapType.valueType && type(mapType.valueType)]
  return opaqueType ? ['opaque', denotation, opaqueType.domain, opaqueType.name] : null
}

function opsets(messages: OpsetMessage[]): string[] {
  return messages.map(({ domain, version }) => `${domain} ${version}`)
}

function entries(messages: EntryMessage[]): string[][] {
  return messages.map(({ key, value: content }) => [key, content])
}

function kept<T>(list: T[]): T[] | number {
  return list.length > longestKeptList ? list.length : list
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
