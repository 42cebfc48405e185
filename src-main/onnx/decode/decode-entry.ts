import type { Int64, WireReader } from '../wire/wire-reader.ts'
import type { Entry, Opset } from './model.ts'

/** Texts longer than this are cut: reports are kept, and nobody reads a longer one. */
const longestText = 1024 * 1024

/** Decodes a StringStringEntryProto. */
export function decodeEntry(reader: WireReader, outer: number): Entry {
  const end = reader.enter(outer)
  let key = ''
  let value = ''
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) key = decodeLongText(reader, end)
    else if (tag === 0x12) value = decodeLongText(reader, end)
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { key, value }
}

/** Decodes a text that may be of any length, such as documentation; it is cut after `longestText` bytes. */
export function decodeLongText(reader: WireReader, outer: number): string {
  const end = reader.fieldEnd(outer)
  if (end - reader.position <= longestText) return reader.text(end)
  const text = reader.text(reader.position + longestText)
  reader.seek(end)
  return `${text}…`
}

/** Decodes an OperatorSetIdProto. */
export function decodeOpset(reader: WireReader, outer: number): Opset {
  const end = reader.enter(outer)
  let domain = ''
  let version: Int64 = 0
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) domain = reader.string(end)
    else if (tag === 0x10) version = reader.int64()
    else reader.skip(tag, end)
  }
  reader.leave(end)
  return { domain, version }
}
