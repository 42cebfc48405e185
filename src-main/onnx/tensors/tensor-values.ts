import { type ElementType, elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type { Tensor } from '../decode/model.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { WireReader } from '../wire/wire-reader.ts'

const largestPiece = 1024 * 1024

/**
 * The values of a tensor that is stored in the model, in raw little-endian form, piece by piece; a piece is overwritten by the
 * next. Strings come each with its length (4 bytes) in front.
 * @throws {WireError} where they are damaged
 */
export function* tensorValues(source: ByteSource, tensor: Tensor): Generator<Uint8Array> {
  const reader = new WireReader(source)
  reader.seek(tensor.start)
  const narrow = new NumberPieces(tensor.elementType)
  while (reader.position < tensor.end) {
    const tag = reader.tag()
    const field = tag >>> 3
    const isPacked = (tag & 7) === 2
    if (tag === 0x4a) yield* rangePieces(source, reader, reader.fieldEnd(tensor.end))
    else if (tag === 0x32) yield* textPieces(source, reader, reader.fieldEnd(tensor.end))
    else if (field === 4 || field === 10) {
      const size = field === 4 ? 4 : 8
      const end = isPacked ? reader.fieldEnd(tensor.end) : reader.position + size
      yield* rangePieces(source, reader, end)
    } else if (field === 5 || field === 7 || field === 11) {
      const end = isPacked ? reader.fieldEnd(tensor.end) : reader.position + 1
      while (reader.position < end) {
        if (narrow.add(reader.int64())) yield narrow.take()
      }
    } else reader.skip(tag, tensor.end)
  }
  yield narrow.finish()
}

/**
 * The same of a list or text that an attribute holds itself: floats, 64-bit integers, texts each with its length, or one text's bytes.
 * @throws {WireError} where they are damaged
 */
export function* attributeValues(
  source: ByteSource,
  { start, end }: { start: number; end: number },
): Generator<Uint8Array> {
  const reader = new WireReader(source)
  reader.seek(start)
  const narrow = new NumberPieces('int64')
  while (reader.position < end) {
    const tag = reader.tag()
    const field = tag >>> 3
    const isPacked = (tag & 7) === 2
    if (field === 7) yield* rangePieces(source, reader, isPacked ? reader.fieldEnd(end) : reader.position + 4)
    else if (field === 8) {
      const last = isPacked ? reader.fieldEnd(end) : reader.position + 1
      while (reader.position < last) {
        if (narrow.add(reader.int64())) yield narrow.take()
      }
    } else if (tag === 0x4a) yield* textPieces(source, reader, reader.fieldEnd(end))
    else if (tag === 0x22) yield* rangePieces(source, reader, reader.fieldEnd(end))
    else reader.skip(tag, end)
  }
  yield narrow.finish()
}

/** A run of bytes, piece by piece. */
export function* bytePieces(source: ByteSource, start: number, end: number): Generator<Uint8Array> {
  for (let offset = start; offset < end; offset += largestPiece) {
    yield source.read(offset, Math.min(largestPiece, end - offset))
  }
}

/** A text, with its length in front. */
function* textPieces(source: ByteSource, reader: WireReader, end: number): Generator<Uint8Array> {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(end - reader.position)
  yield length
  yield* rangePieces(source, reader, end)
}

function* rangePieces(source: ByteSource, reader: WireReader, end: number): Generator<Uint8Array> {
  const start = reader.position
  // The source has one buffer, which the reader's window shares: leave it before reading anything else.
  reader.seek(end)
  reader.forget()
  yield* bytePieces(source, start, end)
}

/** Collects numbers of varint fields as the bytes that `raw_data` would hold for them. */
class NumberPieces {
  #bytes: number
  /** Bits of a number where elements that are no fraction of a byte lie in a stream of bits, else 0. */
  #streamed: number
  #rest = { bits: 0, count: 0 }
  #piece = Buffer.alloc(64 * 1024)
  #length = 0

  constructor(type: ElementType) {
    // Types below a byte are packed by twos or fours into each number's lowest byte (onnx.proto, int32_data).
    const bits = elementTypeInfo(type).bits ?? 8
    this.#bytes = Math.max(1, bits / 8)
    // Types of six bits have one element a number there, and four in three bytes in raw_data.
    this.#streamed = bits === 6 ? bits : 0
  }

  /** Adds a number; true when the piece is full. */
  add(value: number | bigint): boolean {
    if (this.#streamed > 0) return this.#addBits(Number(BigInt.asUintN(this.#streamed, BigInt(value))))
    let left = BigInt.asUintN(64, BigInt(value))
    for (let i = 0; i < this.#bytes && i < 8; i++) {
      this.#piece[this.#length++] = Number(left & 0xffn)
      left >>= 8n
    }
    return this.#length > this.#piece.length - 8
  }

  #addBits(value: number): boolean {
    const { bits, count } = this.#rest
    this.#rest = { bits: bits | (value << count), count: count + this.#streamed }
    if (this.#rest.count >= 8) {
      this.#piece[this.#length++] = this.#rest.bits & 0xff
      this.#rest = { bits: this.#rest.bits >> 8, count: this.#rest.count - 8 }
    }
    return this.#length > this.#piece.length - 8
  }

  /** The last bytes. */
  finish(): Uint8Array {
    if (this.#rest.count > 0) this.#piece[this.#length++] = this.#rest.bits
    return this.take()
  }

  /** The bytes so far; the next numbers overwrite them. */
  take(): Uint8Array {
    const piece = this.#piece.subarray(0, this.#length)
    this.#length = 0
    return piece
  }
}
