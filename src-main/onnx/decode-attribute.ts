import { appended } from './appended.ts'
import { decodeSparseTensor, decodeTensor } from './decode-tensor.ts'
import { decodeType } from './decode-type.ts'
import {
  type Attribute,
  type AttributeValue,
  type Graph,
  longestKeptList,
  longestKeptText,
  type SparseTensor,
  type Tensor,
  type ValueType,
} from './model.ts'
import { type Int64, unitsOf, type WireReader } from './wire-reader.ts'

type Kind = AttributeValue['type']

/** Attribute types by their number in `AttributeProto.AttributeType`. */
const kinds: readonly Kind[] = [
  'undefined',
  'float',
  'int',
  'string',
  'tensor',
  'graph',
  'floats',
  'ints',
  'strings',
  'tensors',
  'graphs',
  'sparse_tensor',
  'sparse_tensors',
  'type_proto',
  'type_protos',
]

/** What an attribute's fields held before its declared type says which of them counts. */
type Parts = {
  seen: Kind
  float: number
  int: Int64
  text: string | null
  textBytes: number
  count: number
  numbers: Int64[] | null
  texts: string[] | null
  tensors: Tensor[]
  sparseTensors: SparseTensor[]
  graphs: Graph[]
  types: ValueType[]
}

const none: never[] = []

/** Decodes a sub-graph, or only takes down where it lies. */
export type GraphDecoder = (reader: WireReader, outer: number) => Graph

/** Decodes an AttributeProto; `decodeGraph` says what becomes of the sub-graphs in it. */
export function decodeAttribute(reader: WireReader, outer: number, decodeGraph: GraphDecoder): Attribute {
  const end = reader.enter(outer, unitsOf.attribute)
  let name = ''
  let reference = ''
  let declared: Kind = 'undefined'
  const parts: Parts = {
    seen: 'undefined',
    float: 0,
    int: 0,
    text: '',
    textBytes: 0,
    count: 0,
    numbers: none,
    texts: none,
    tensors: none,
    sparseTensors: none,
    graphs: none,
    types: none,
  }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) name = reader.string(end)
    else if (tag === 0xa0) declared = kinds[reader.int32()] ?? 'undefined'
    else if (tag === 0xaa) reference = reader.string(end)
    else decodeAttributeField(reader, tag, end, parts, decodeGraph)
  }
  reader.leave(end)
  // IR version 1 had no type field: what is there decides, as it does for a number that has no meaning.
  return { name, reference, value: chosen(declared === 'undefined' ? parts.seen : declared, parts) }
}

function decodeAttributeField(
  reader: WireReader,
  tag: number,
  end: number,
  parts: Parts,
  decodeGraph: GraphDecoder,
): void {
  switch (tag) {
    case 0x15:
      parts.seen = 'float'
      parts.float = reader.float()
      break
    case 0x18:
      parts.seen = 'int'
      parts.int = reader.int64()
      break
    case 0x22:
      parts.seen = 'string'
      decodeText(reader, end, parts)
      break
    case 0x2a:
      parts.seen = 'tensor'
      parts.tensors = [decodeTensor(reader, end)]
      break
    case 0x32:
      parts.seen = 'graph'
      parts.graphs = [decodeGraph(reader, end)]
      break
    case 0x3d:
    case 0x3a:
      parts.seen = 'floats'
      decodeFloats(reader, tag, end, parts)
      break
    case 0x40:
    case 0x42:
      parts.seen = 'ints'
      decodeInts(reader, tag, end, parts)
      break
    case 0x4a:
      parts.seen = 'strings'
      decodeTexts(reader, end, parts)
      break
    case 0x52:
      parts.seen = 'tensors'
      parts.tensors = appended(parts.tensors, decodeTensor(reader, end))
      break
    case 0x5a:
      parts.seen = 'graphs'
      parts.graphs = appended(parts.graphs, decodeGraph(reader, end))
      break
    case 0x72:
    case 0x7a: {
      parts.seen = tag === 0x72 ? 'type_proto' : 'type_protos'
      const type = decodeType(reader, end)
      if (type !== null) parts.types = appended(parts.types, type)
      break
    }
    case 0xb2:
    case 0xba:
      parts.seen = tag === 0xb2 ? 'sparse_tensor' : 'sparse_tensors'
      parts.sparseTensors = appended(parts.sparseTensors, decodeSparseTensor(reader, end))
      break
    default:
      reader.skip(tag, end)
  }
}

function chosen(kind: Kind, parts: Parts): AttributeValue {
  const [tensor] = parts.tensors
  const [sparse] = parts.sparseTensors
  const [graph] = parts.graphs
  const [type] = parts.types
  switch (kind) {
    case 'float':
      return { type: kind, value: parts.float }
    case 'int':
      return { type: kind, value: parts.int }
    case 'string':
      return { type: kind, bytes: parts.textBytes, value: parts.text }
    case 'tensor':
      return tensor === undefined ? { type: 'undefined' } : { type: kind, value: tensor }
    case 'sparse_tensor':
      return sparse === undefined ? { type: 'undefined' } : { type: kind, value: sparse }
    case 'graph':
      return graph === undefined ? { type: 'undefined' } : { type: kind, value: graph }
    case 'type_proto':
      return type === undefined ? { type: 'undefined' } : { type: kind, value: type }
    case 'floats':
      return { type: kind, count: parts.count, values: parts.numbers?.map(Number) ?? null }
    case 'ints':
      return { type: kind, count: parts.count, values: parts.numbers }
    case 'strings':
      return { type: kind, count: parts.count, values: parts.texts }
    case 'tensors':
      return { type: kind, values: parts.tensors }
    case 'sparse_tensors':
      return { type: kind, values: parts.sparseTensors }
    case 'graphs':
      return { type: kind, values: parts.graphs }
    case 'type_protos':
      return { type: kind, values: parts.types }
    case 'undefined':
      return { type: kind }
  }
}

function decodeText(reader: WireReader, outer: number, parts: Parts): void {
  const end = reader.fieldEnd(outer)
  parts.textBytes = end - reader.position
  parts.text = parts.textBytes <= longestKeptText ? reader.text(end) : null
  reader.seek(end)
}

function decodeTexts(reader: WireReader, outer: number, parts: Parts): void {
  const end = reader.fieldEnd(outer)
  parts.count++
  if (parts.count > longestKeptList || end - reader.position > longestKeptText) parts.texts = null
  if (parts.texts !== null) parts.texts = appended(parts.texts, reader.text(end))
  reader.seek(end)
}

function decodeInts(reader: WireReader, tag: number, outer: number, parts: Parts): void {
  const end = (tag & 7) === 0 ? reader.position + 1 : reader.fieldEnd(outer)
  while (reader.position < end) keepNumber(parts, reader.int64())
}

function decodeFloats(reader: WireReader, tag: number, outer: number, parts: Parts): void {
  if ((tag & 7) === 5) {
    keepNumber(parts, reader.float())
    return
  }
  const end = reader.fieldEnd(outer)
  const count = (end - reader.position) / 4
  if (!Number.isInteger(count)) throw reader.damaged('a list of floats has an odd size')
  if (parts.count + count > longestKeptList) {
    parts.count += count
    parts.numbers = null
    reader.seek(end)
  }
  while (reader.position < end) keepNumber(parts, reader.float())
}

function keepNumber(parts: Parts, value: Int64): void {
  parts.count++
  if (parts.count > longestKeptList) parts.numbers = null
  if (parts.numbers !== null) parts.numbers = appended(parts.numbers, value)
}
