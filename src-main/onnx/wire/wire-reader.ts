import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import type { ByteSource } from './byte-source.ts'
import { internString } from './intern-string.ts'
import { WireError } from './wire-error.ts'

/** An int64; a bigint only where a number would lose digits. */
export type Int64 = number | bigint

/** Wire types of the protobuf encoding. Groups (3 and 4) are obsolete and never occur in ONNX. */
const wireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

const firstWindow = 64 * 1024
const windowAfterSkip = 4 * 1024
const largestWindow = 256 * 1024

/** Protobuf's own default limit: no other reader opens what is nested deeper. */
const deepestMessage = 100

/**
 * What a structure may take in memory, so that a small hostile file cannot fill it: units of about 16 bytes, and bytes of
 * text. A graph of 200,000 nodes with all its shapes takes some 7 million units.
 */
const mostUnits = 16_000_000
const mostTextBytes = 64 * 1024 * 1024
const longestName = 1024 * 1024

/** Units that messages take beside the texts and messages in them. */
export const unitsOf = { node: 8, tensor: 8, attribute: 4, other: 1 } as const

const emptyWindow = Buffer.alloc(0)
const scratch = new DataView(new ArrayBuffer(8))

/**
 * Reads the protobuf wire format from a byte source through one small window, so that skipping a payload costs
 * nothing whatever its size. Every length is checked against the message around it before it is believed.
 */
export class WireReader {
  #source: ByteSource
  #window: Buffer = emptyWindow
  #windowStart = 0
  #index = 0
  #nextWindow = firstWindow
  #depth = 0
  #unitsLeft = mostUnits
  #textBytesLeft = mostTextBytes

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Offset of the next byte in the source. */
  get position(): number {
    return this.#windowStart + this.#index
  }

  get size(): number {
    return this.#source.size
  }

  /** Goes on reading at another offset. */
  seek(offset: number): void {
    const index = offset - this.#windowStart
    if (index >= 0 && index <= this.#window.length) {
      this.#index = index
      return
    }
    this.#windowStart = offset
    this.#window = emptyWindow
    this.#index = 0
    this.#nextWindow = windowAfterSkip
  }

  /** Drops the window, for whoever reads from the same source in between. */
  forget(): void {
    this.#windowStart = this.position
    this.#window = emptyWindow
    this.#index = 0
  }

  /** Reads a tag; `tag >>> 3` is the field's number, `tag & 7` its wire type. */
  tag(): number {
    if (this.#index < this.#window.length) {
      const byte = this.#window[this.#index] ?? 0
      if (byte < 0x80) {
        if (byte < 8) throw this.damaged('a field has the number 0')
        this.#index++
        return byte
      }
    }
    const start = this.position
    const tag = this.unsigned()
    if (tag > 0xffffffff || tag < 8) throw new WireError('damaged', start, 'a field has no valid number')
    return tag
  }

  /** Reads a varint as a number; values past 2^53 are rounded, which no length or tag survives. */
  unsigned(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw this.damaged('a number has more than 10 bytes')
  }

  /** Reads an int64. */
  int64(): Int64 {
    let low = 0
    let middle = 0
    let high = 0
    for (let count = 0; count < 10; count++) {
      const byte = this.#byte()
      const bits = byte & 0x7f
      if (count < 4) low |= bits << (7 * count)
      else if (count < 8) middle |= bits << (7 * (count - 4))
      else high |= bits << (7 * (count - 8))
      if (byte >= 0x80) continue
      if (high === 0 && middle < 0x2000000) return middle * 0x10000000 + low
      const wide = BigInt.asIntN(64, (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low))
      const narrow = Number(wide)
      return Number.isSafeInteger(narrow) ? narrow : wide
    }
    throw this.damaged('a number has more than 10 bytes')
  }

  /** Reads an int32; as in protobuf, the upper bits of a longer number are dropped. */
  int32(): number {
    const value = this.int64()
    return typeof value === 'number' && Math.abs(value) < 0x80000000 ? value : Number(BigInt.asIntN(32, BigInt(value)))
  }

  /** Reads an IEEE 754 single. */
  float(): number {
    this.#copyToScratch(4)
    return scratch.getFloat32(0, true)
  }

  /** Reads an IEEE 754 double. */
  double(): number {
    this.#copyToScratch(8)
    return scratch.getFloat64(0, true)
  }

  /** Reads the length of a field inside a message that ends at `end`, and returns where the field ends. */
  fieldEnd(end: number): number {
    const length = this.unsigned()
    const fieldEnd = this.position + length
    if (fieldEnd > end) {
      const problem = fieldEnd > this.#source.size ? 'truncated' : 'damaged'
      const left = end - this.position
      throw new WireError(
        problem,
        this.position,
        `a field declares ${plural(length, 'byte')} where ${groupedNumber(left)} are left`,
        fieldEnd,
      )
    }
    return fieldEnd
  }

  /** Enters a nested message that takes so many units; returns where it ends. Every call is paired with `leave`. */
  enter(end: number, units: number = unitsOf.other): number {
    this.claim(units)
    if (++this.#depth > deepestMessage) {
      throw new WireError('too-deep', this.position, `messages are nested more than ${deepestMessage} deep`)
    }
    return this.fieldEnd(end)
  }

  /** Leaves a nested message that must end here. */
  leave(end: number): void {
    this.#depth--
    if (this.position !== end) throw this.damaged('a field reaches past the message that holds it')
  }

  /** Reads a whole text field, such as a name. */
  string(end: number): string {
    const fieldEnd = this.fieldEnd(end)
    const length = fieldEnd - this.position
    if (length > longestName)
      throw new WireError('too-large', this.position, `a name in it has ${plural(length, 'byte')}`)
    return this.text(fieldEnd)
  }

  /** Reads a text field that is one of a list, so that even an empty one takes room. */
  name(end: number): string {
    this.claim(1)
    return this.string(end)
  }

  /** Reads the bytes up to `end` as UTF-8. */
  text(end: number): string {
    const length = end - this.position
    if (length === 0) return ''
    this.claim(1)
    this.#textBytesLeft -= length
    if (this.#textBytesLeft < 0) {
      throw new WireError('too-large', this.position, 'its names and texts do not fit in memory')
    }
    this.#load(length)
    const start = this.#index
    this.#index += length
    return internString(this.#window, start, length) ?? this.#window.toString('utf8', start, start + length)
  }

  /** Skips the value of a field of this tag inside a message that ends at `end`. */
  skip(tag: number, end: number): void {
    const type = tag & 7
    if (type === wireType.bytes) this.seek(this.fieldEnd(end))
    else if (type === wireType.varint) this.unsigned()
    else if (type === wireType.fixed32) this.#skipFixed(4, end)
    else if (type === wireType.fixed64) this.#skipFixed(8, end)
    else throw this.damaged('a field has an unknown encoding')
  }

  /** Counts what the structure takes in memory against the limit. */
  claim(units: number): void {
    this.#unitsLeft -= units
    if (this.#unitsLeft < 0) {
      throw new WireError(
        'too-large',
        this.position,
        'its structure holds more nodes, values and names than fit in memory',
      )
    }
  }

  /** The problem of bytes that make no sense at the present position. */
  damaged(message: string): WireError {
    return new WireError('damaged', this.position, message)
  }

  #byte(): number {
    if (this.#index >= this.#window.length) this.#load(1)
    return this.#window[this.#index++] ?? 0
  }

  #skipFixed(length: number, end: number): void {
    const next = this.position + length
    if (next > end)
      throw new WireError(next > this.#source.size ? 'truncated' : 'damaged', this.position, 'a number is cut off')
    this.seek(next)
  }

  #copyToScratch(length: number): void {
    this.#load(length)
    for (let i = 0; i < length; i++) scratch.setUint8(i, this.#window[this.#index++] ?? 0)
  }

  /** Makes the next `length` bytes lie in the window. */
  #load(length: number): void {
    if (this.#index + length <= this.#window.length) return
    const position = this.position
    const left = this.#source.size - position
    if (length > left)
      throw new WireError('truncated', this.#source.size, 'the file ends in the middle of a field', position + length)
    const bytes = this.#source.read(position, Math.min(left, Math.max(length, this.#nextWindow)))
    this.#window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#windowStart = position
    this.#index = 0
    this.#nextWindow = Math.min(largestWindow, this.#nextWindow * 4)
  }
}
