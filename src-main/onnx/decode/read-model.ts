import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { type ByteSource, SourceShrank } from '../wire/byte-source.ts'
import { WireError } from '../wire/wire-error.ts'
import { WireReader } from '../wire/wire-reader.ts'
import { type DecodeProgress, decodeModel } from './decode-model.ts'
import { decodeTensorFields } from './decode-tensor.ts'
import type { Graph, Model } from './model.ts'
import { sniff, sniffLength } from './sniff.ts'
import { elementCount } from './stored-tensors.ts'
import { UnreadableModel } from './unreadable-model.ts'

/**
 * Decodes a model's structure, or says in a sentence what the file is instead.
 * @throws {UnreadableModel}
 */
export function readModel(source: ByteSource, fileName: string): Model {
  if (source.size === 0) throw new UnreadableModel('empty', `${fileName} is empty: it has 0 bytes.`)
  const progress: DecodeProgress = { recognisedFields: 0 }
  try {
    const model = decodeModel(source, progress)
    if (model === null) throw noGraph(source, fileName, progress)
    if (isEmpty(model.graph)) {
      throw (
        otherKind(source, fileName) ??
        new UnreadableModel('no-graph', `${fileName} is not a usable ONNX model: its graph is empty.`)
      )
    }
    return model
  } catch (error) {
    if (error instanceof WireError) throw otherKind(source, fileName) ?? brokenModel(error, source, fileName, progress)
    if (error instanceof SourceShrank) {
      throw new UnreadableModel('truncated', `${fileName} became shorter while it was being read.`)
    }
    throw error
  }
}

function isEmpty(graph: Graph): boolean {
  const { nodes, inputs, outputs, initializers, sparseInitializers } = graph
  return nodes.length + inputs.length + outputs.length + initializers.length + sparseInitializers.length === 0
}

/** The problem of a file that is known to be of another kind. */
function otherKind(source: ByteSource, fileName: string): UnreadableModel | null {
  const kind = sniff(source.read(0, Math.min(source.size, sniffLength)))
  if (kind !== null) return new UnreadableModel('not-onnx', `${fileName} is not an ONNX model: ${kind}.`)
  if (!isTensor(source)) return null
  return new UnreadableModel(
    'not-onnx',
    `${fileName} is not an ONNX model: it is a single ONNX tensor, as test data is.`,
  )
}

function noGraph(source: ByteSource, fileName: string, progress: DecodeProgress): UnreadableModel {
  const other = otherKind(source, fileName)
  if (other !== null) return other
  if (progress.recognisedFields > 0) {
    return new UnreadableModel('no-graph', `${fileName} is not a complete ONNX model: it has no graph.`)
  }
  return new UnreadableModel('not-onnx', `${fileName} is not an ONNX model: it may be protobuf, but it has no graph.`)
}

/** Whether the whole file is one TensorProto that has a type, and values unless it is empty. */
function isTensor(source: ByteSource): boolean {
  try {
    const tensor = decodeTensorFields(new WireReader(source), source.size)
    if (tensor.elementType === 'undefined' || tensor.elementType === 'unknown') return false
    return tensor.storage !== 'none' || elementCount(tensor.dimensions) === 0
  } catch {
    return false
  }
}

const largestBelievable = 2 ** 42

function brokenModel(
  error: WireError,
  source: ByteSource,
  fileName: string,
  progress: DecodeProgress,
): UnreadableModel {
  const at = `at byte ${groupedNumber(error.offset)}`
  if (progress.recognisedFields === 0) {
    return new UnreadableModel('not-onnx', `${fileName} is not an ONNX model: its format is not recognised.`)
  }
  switch (error.problem) {
    case 'truncated': {
      const needs =
        error.needs !== null && error.needs < largestBelievable
          ? `, and its contents need at least ${groupedNumber(error.needs)}`
          : ''
      return new UnreadableModel(
        'truncated',
        `${fileName} is truncated or damaged: it has ${plural(source.size, 'byte')}${needs}.`,
      )
    }
    case 'damaged':
      return new UnreadableModel('damaged', `${fileName} is damaged, or not an ONNX model: ${at} ${error.message}.`)
    case 'too-deep':
      return new UnreadableModel('too-deep', `${fileName} cannot be read: ${error.message}, more than protobuf allows.`)
    case 'too-large':
      return new UnreadableModel('too-large', `${fileName} cannot be read: ${error.message}.`)
  }
}
