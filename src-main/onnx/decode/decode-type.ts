import { elementTypeOfCode } from '../../../src-contract/contract/models/element-type.ts'
import type { WireReader } from '../wire/wire-reader.ts'
import { decodeEntry } from './decode-entry.ts'
import type { Dimension, Entry, Value, ValueType } from './model.ts'

/** Decodes a ValueInfoProto: the name and type of a value. */
export function decodeValue(reader: WireReader, outer: number): Value {
  const end = reader.enter(outer)
  let name = ''
  let type: ValueType | null = null
  let documentation = ''
  const metadata: Entry[] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) name = reader.string(end)
    else if (tag === 0x12) type = decodeType(reader, end)
    else if (tag === 0x1a) documentation = reader.string(end)
    else if (tag === 0x22) metadata.push(decodeEntry(reader, end))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { name, type, documentation, metadata }
}

/** Decodes a TypeProto; null where it names no type. */
export function decodeType(reader: WireReader, outer: number): ValueType | null {
  const end = reader.enter(outer)
  let type: ValueType | null = null
  let denotation = ''
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) type = decodeTensorType(reader, end, 'tensor')
    else if (tag === 0x22) type = decodeContainerType(reader, end, 'sequence')
    else if (tag === 0x2a) type = decodeMapType(reader, end)
    else if (tag === 0x3a) type = decodeOpaqueType(reader, end)
    else if (tag === 0x42) type = decodeTensorType(reader, end, 'sparse')
    else if (tag === 0x4a) type = decodeContainerType(reader, end, 'optional')
    else if (tag === 0x32) denotation = reader.string(end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return type === null || denotation === '' ? type : { ...type, denotation }
}

function decodeTensorType(reader: WireReader, outer: number, kind: 'tensor' | 'sparse'): ValueType {
  const end = reader.enter(outer)
  let elementCode = 0
  let shape: Dimension[] | null = null
  const axes: string[] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) elementCode = reader.int32()
    else if (tag === 0x12) shape = decodeShape(reader, end, axes)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  const type = { kind, elementType: elementTypeOfCode(elementCode), elementCode, shape }
  return axes.length === 0 ? type : { ...type, axes: Array.from(shape ?? [], (_, axis) => axes[axis] ?? '') }
}

function decodeContainerType(reader: WireReader, outer: number, kind: 'sequence' | 'optional'): ValueType {
  const end = reader.enter(outer)
  let of: ValueType | null = null
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) of = decodeType(reader, end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { kind, of }
}

function decodeMapType(reader: WireReader, outer: number): ValueType {
  const end = reader.enter(outer)
  let keyCode = 0
  let of: ValueType | null = null
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) keyCode = reader.int32()
    else if (tag === 0x12) of = decodeType(reader, end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { kind: 'map', keyType: elementTypeOfCode(keyCode), of }
}

function decodeOpaqueType(reader: WireReader, outer: number): ValueType {
  const end = reader.enter(outer)
  let domain = ''
  let name = ''
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) domain = reader.string(end)
    else if (tag === 0x12) name = reader.string(end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { kind: 'opaque', domain, name }
}

/** Puts what the axes mean into `axes`, each at its place, where the shape says so. */
function decodeShape(reader: WireReader, outer: number, axes: string[]): Dimension[] {
  const end = reader.enter(outer)
  const shape: Dimension[] = []
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) shape.push(decodeDimension(reader, end, axes, shape.length))
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return shape
}

function decodeDimension(reader: WireReader, outer: number, axes: string[], axis: number): Dimension {
  const end = reader.enter(outer)
  let dimension: Dimension = null
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) dimension = reader.int64()
    else if (tag === 0x12) dimension = reader.string(end)
    else if (tag === 0x1a) axes[axis] = reader.string(end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  // An empty symbol says as little as none at all.
  return dimension === '' ? null : dimension
}
