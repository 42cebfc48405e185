import { elementTypeOfCode } from '../../../src-contract/contract/models/element-type.ts'
import { appended } from '../wire/appended.ts'
import { type Int64, unitsOf, type WireReader } from '../wire/wire-reader.ts'
import { decodeEntry, decodeLongText } from './decode-entry.ts'
import type { Entry, ExternalData, SparseTensor, Tensor, TensorStorage } from './model.ts'

const noEntries: Entry[] = []
const noDimensions: Int64[] = []

/** Decodes a TensorProto without its values, which are skipped by their declared and checked size. */
export function decodeTensor(reader: WireReader, outer: number): Tensor {
  const end = reader.enter(outer, unitsOf.tensor)
  const tensor = decodeTensorFields(reader, end)
  reader.leave(end)
  return tensor
}

/** Decodes the fields of a TensorProto from here to `end`, as a file that is nothing but a tensor has them. */
export function decodeTensorFields(reader: WireReader, end: number): Tensor {
  const start = reader.position
  let name = ''
  let elementCode = 0
  let dimensions = noDimensions
  let storage: TensorStorage = 'none'
  let storedBytes = 0
  let segment: Tensor['segment'] = null
  let documentation = ''
  let isExternal = false
  let external = noEntries
  let metadata = noEntries
  while (reader.position < end) {
    const tag = reader.tag()
    const field = tag >>> 3
    const before = reader.position
    if (tag === 0x08 || tag === 0x0a) dimensions = decodeDimensions(reader, tag, end, dimensions)
    else if (tag === 0x10) elementCode = reader.int32()
    else if (tag === 0x1a) segment = decodeSegment(reader, end)
    else if (tag === 0x42) name = reader.string(end)
    else if (tag === 0x62) documentation = decodeLongText(reader, end)
    else if (tag === 0x70) isExternal = reader.int32() === 1
    else if (tag === 0x6a) external = appended(external, decodeEntry(reader, end))
    else if (tag === 0x82) metadata = appended(metadata, decodeEntry(reader, end))
    else if (tag === 0x4a || tag === 0x32) {
      const fieldEnd = reader.fieldEnd(end)
      storage = tag === 0x4a ? 'raw' : 'strings'
      storedBytes += fieldEnd - reader.position
      reader.seek(fieldEnd)
    } else {
      reader.skip(tag, end)
      if (isTypedData(field)) {
        storage = 'typed'
        storedBytes += reader.position - before
      }
    }
  }
  return {
    name,
    elementType: elementTypeOfCode(elementCode),
    elementCode,
    dimensions,
    storage: isExternal ? 'external' : storage,
    storedBytes,
    external: isExternal ? externalData(external) : null,
    segment,
    documentation,
    metadata,
    start,
    end,
  }
}

/** Decodes a SparseTensorProto. */
export function decodeSparseTensor(reader: WireReader, outer: number): SparseTensor {
  const end = reader.enter(outer)
  let values: Tensor | null = null
  let indices: Tensor | null = null
  let dimensions = noDimensions
  const start = reader.position
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) values = decodeTensor(reader, end)
    else if (tag === 0x12) indices = decodeTensor(reader, end)
    else if (tag === 0x18 || tag === 0x1a) dimensions = decodeDimensions(reader, tag, end, dimensions)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { values: values ?? emptyTensor(start, end), indices, dimensions }
}

/** Decodes a TensorProto.Segment. */
function decodeSegment(reader: WireReader, outer: number): Tensor['segment'] {
  const end = reader.enter(outer)
  const segment: Tensor['segment'] = { begin: 0, end: 0 }
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x08) segment.begin = reader.int64()
    else if (tag === 0x10) segment.end = reader.int64()
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return segment
}

/** Reads one item of a repeated int64, or many that are packed, and adds them to those before. */
function decodeDimensions(reader: WireReader, tag: number, outer: number, before: Int64[]): Int64[] {
  const end = (tag & 7) === 0 ? reader.position + 1 : reader.fieldEnd(outer)
  let dimensions = before
  while (reader.position < end) {
    reader.claim(1)
    dimensions = appended(dimensions, reader.int64())
  }
  return dimensions
}

function isTypedData(field: number): boolean {
  return field === 4 || field === 5 || field === 7 || field === 10 || field === 11
}

function emptyTensor(start: number, end: number): Tensor {
  return {
    name: '',
    elementType: 'undefined',
    elementCode: 0,
    dimensions: [],
    storage: 'none',
    storedBytes: 0,
    external: null,
    segment: null,
    documentation: '',
    metadata: noEntries,
    start,
    end,
  }
}

function externalData(entries: Entry[]): ExternalData {
  const lookUp = (key: string) => entries.findLast((entry) => entry.key === key)?.value ?? null
  return {
    location: lookUp('location') ?? '',
    offset: wholeNumber(lookUp('offset')),
    length: wholeNumber(lookUp('length')),
    checksum: lookUp('checksum'),
  }
}

/** A decimal text as a number, -1 for one that is none, so that the check of the range refuses it. */
function wholeNumber(text: string | null): Int64 | null {
  if (text === null) return null
  if (!/^\d{1,19}$/.test(text)) return -1
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}
