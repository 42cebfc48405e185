import { appended } from '../wire/appended.ts'
import { type Int64, unitsOf, type WireReader } from '../wire/wire-reader.ts'
import { decodeLongText } from './decode-entry.ts'
import { decodeSparseTensor, decodeTensor } from './decode-tensor.ts'
import { decodeType } from './decode-type.ts'
import { type Attribute, type AttributeValue, type Graph, longestKeptList, longestKeptText } from './model.ts'

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

/** Decodes a sub-graph, or only takes down where it lies. */
export type GraphDecoder = (reader: WireReader, outer: number) => Graph

const none: never[] = []

/** Decodes an AttributeProto; `decodeGraph` says what becomes of the sub-graphs in it. */
export function decodeAttribute(reader: WireReader, outer: number, decodeGraph: GraphDecoder): Attribute {
  const end = reader.enter(outer, unitsOf.attribute)
  const start = reader.position
  let name = ''
  let reference = ''
  let documentation = ''
  let declared: Kind = 'undefined'
  // What has fields of several kinds keeps a value of each until its type says which one counts.
  let values: AttributeValue[] = none
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) name = reader.string(end)
    else if (tag === 0xa0) declared = kinds[reader.int32()] ?? 'undefined'
    else if (tag === 0xaa) reference = reader.string(end)
    else if (tag === 0x6a) documentation = decodeLongText(reader, end)
    else values = decodeValueField(reader, tag, end, values, decodeGraph)
  }
  reader.leave(end)
  // IR version 1 had no type field: what is there decides, as it does for a number that has no meaning.
  const value =
    (declared === 'undefined' ? values.at(-1) : values.find(({ type }) => type === declared)) ?? absentValue(declared)
  return { name, reference, value, documentation, range: isKept(value) ? null : { start, end } }
}

/** Decodes a field that holds (a part of) a value: the values so far, the one that it belongs to last. */
function decodeValueField(
  reader: WireReader,
  tag: number,
  end: number,
  before: AttributeValue[],
  decodeGraph: GraphDecoder,
): AttributeValue[] {
  switch (tag) {
    case 0x15:
      return withValue(before, { type: 'float', value: reader.float() })
    case 0x18:
      return withValue(before, { type: 'int', value: reader.int64() })
    case 0x22:
      return withValue(before, decodeText(reader, end))
    case 0x2a:
      return withValue(before, { type: 'tensor', value: decodeTensor(reader, end) })
    case 0x32:
      return withValue(before, { type: 'graph', value: decodeGraph(reader, end) })
    case 0x3d:
    case 0x3a:
      return withValue(before, decodeFloats(reader, tag, end, before))
    case 0x40:
    case 0x42:
      return withValue(before, decodeInts(reader, tag, end, before))
    case 0x4a:
      return withValue(before, decodeTexts(reader, end, before))
    case 0x52: {
      const values = appended(ofKind(before, 'tensors')?.values ?? none, decodeTensor(reader, end))
      return withValue(before, { type: 'tensors', values })
    }
    case 0x5a: {
      const values = appended(ofKind(before, 'graphs')?.values ?? none, decodeGraph(reader, end))
      return withValue(before, { type: 'graphs', values })
    }
    case 0x72: {
      const value = decodeType(reader, end)
      return withValue(before, value === null ? { type: 'undefined' } : { type: 'type_proto', value })
    }
    case 0x7a: {
      const value = decodeType(reader, end)
      const values = ofKind(before, 'type_protos')?.values ?? none
      return withValue(before, { type: 'type_protos', values: value === null ? values : appended(values, value) })
    }
    case 0xb2:
      return withValue(before, { type: 'sparse_tensor', value: decodeSparseTensor(reader, end) })
    case 0xba: {
      const values = appended(ofKind(before, 'sparse_tensors')?.values ?? none, decodeSparseTensor(reader, end))
      return withValue(before, { type: 'sparse_tensors', values })
    }
    default:
      reader.skip(tag, end)
      return before
  }
}

function withValue(before: AttributeValue[], value: AttributeValue): AttributeValue[] {
  const first = before[0]
  if (first === undefined || (before.length === 1 && first.type === value.type)) return [value]
  return [...before.filter(({ type }) => type !== value.type), value]
}

function isKept(value: AttributeValue): boolean {
  if (value.type === 'string') return value.value !== null
  return !('count' in value) || value.values !== null
}

function ofKind<K extends Kind>(values: AttributeValue[], kind: K): Extract<AttributeValue, { type: K }> | undefined {
  return values.find((value): value is Extract<AttributeValue, { type: K }> => value.type === kind)
}

/** What an attribute holds that has no field of its declared type: protobuf leaves out zeros and empty lists. */
function absentValue(kind: Kind): AttributeValue {
  switch (kind) {
    case 'float':
    case 'int':
      return { type: kind, value: 0 }
    case 'string':
      return { type: kind, bytes: 0, value: '' }
    case 'floats':
    case 'ints':
      return { type: kind, count: 0, values: [] }
    case 'strings':
      return { type: kind, count: 0, bytes: 0, values: [] }
    case 'tensors':
    case 'sparse_tensors':
    case 'graphs':
    case 'type_protos':
      return { type: kind, values: [] }
    default:
      return { type: 'undefined' }
  }
}

function decodeText(reader: WireReader, outer: number): AttributeValue {
  const end = reader.fieldEnd(outer)
  const bytes = end - reader.position
  const value = bytes <= longestKeptText ? reader.text(end) : null
  reader.seek(end)
  return { type: 'string', bytes, value }
}

function decodeTexts(reader: WireReader, outer: number, before: AttributeValue[]): AttributeValue {
  const end = reader.fieldEnd(outer)
  const { count, bytes, values } = ofKind(before, 'strings') ?? { count: 0, bytes: 0, values: none }
  const length = end - reader.position
  const kept =
    values !== null && count < longestKeptList && length <= longestKeptText ? appended(values, reader.text(end)) : null
  reader.seek(end)
  return { type: 'strings', count: count + 1, bytes: bytes + length, values: kept }
}

function decodeInts(reader: WireReader, tag: number, outer: number, before: AttributeValue[]): AttributeValue {
  const end = (tag & 7) === 0 ? reader.position + 1 : reader.fieldEnd(outer)
  let { count, values }: { count: number; values: Int64[] | null } = ofKind(before, 'ints') ?? {
    count: 0,
    values: none,
  }
  while (reader.position < end) {
    const value = reader.int64()
    if (++count > longestKeptList) values = null
    if (values !== null) values = appended(values, value)
  }
  return { type: 'ints', count, values }
}

function decodeFloats(reader: WireReader, tag: number, outer: number, before: AttributeValue[]): AttributeValue {
  const isPacked = (tag & 7) === 2
  const end = isPacked ? reader.fieldEnd(outer) : reader.position + 4
  const added = (end - reader.position) / 4
  if (!Number.isInteger(added)) throw reader.damaged('a list of floats has an odd size')
  let { count, values }: { count: number; values: number[] | null } = ofKind(before, 'floats') ?? {
    count: 0,
    values: none,
  }
  count += added
  if (count > longestKeptList) {
    reader.seek(end)
    return { type: 'floats', count, values: null }
  }
  while (reader.position < end) values = appended(values ?? none, reader.float())
  return { type: 'floats', count, values }
}
