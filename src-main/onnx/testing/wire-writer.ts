/** Writes the protobuf wire format, for tests and benchmarks that need models of their own making. */
export class WireWriter {
  #parts: Uint8Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  /** An int64, int32, bool or enum field; negative values take ten bytes as protobuf has it. */
  varint(field: number, value: number | bigint): this {
    return this.#append(varintBytes(field * 8)).#append(varintBytes(value))
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    return this.#append(varintBytes(field * 8 + 5)).#append(bytes)
  }

  bytes(field: number, value: Uint8Array): this {
    return this.bytesHeader(field, value.length).#append(value)
  }

  /** The tag and length of a field whose bytes somebody else writes. */
  bytesHeader(field: number, length: number): this {
    return this.#append(varintBytes(field * 8 + 2)).#append(varintBytes(length))
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, write: (inner: WireWriter) => void): this {
    const inner = new WireWriter()
    write(inner)
    return this.bytes(field, inner.finish())
  }

  /** Bytes that are already encoded. */
  raw(bytes: Uint8Array): this {
    return this.#append(bytes)
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts))
  }

  #append(bytes: Uint8Array): this {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return this
  }
}

/** A number as a varint. */
export function varintBytes(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let left = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(left & 0x7fn)
    left >>= 7n
    bytes.push(left === 0n ? low : low | 0x80)
  } while (left !== 0n)
  return Uint8Array.from(bytes)
}
