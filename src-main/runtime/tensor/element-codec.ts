import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { bfloat16FromBits, bfloat16ToBits, float16FromBits, float16ToBits } from './float-bits.ts'

/** Reads and writes single elements of one type in raw little-endian bytes, by their index. */
export type ElementCodec = FloatCodec | IntegerCodec | BoolCodec

type FloatCodec = {
  kind: 'float'
  read(view: DataView, index: number): number
  write(view: DataView, index: number, value: number): void
}

/** Integers of 64 bits are bigint throughout, others numbers. */
type IntegerCodec = {
  kind: 'integer'
  minimum: bigint
  maximum: bigint
  read(view: DataView, index: number): number | bigint
  /** The value must lie in the range. */
  write(view: DataView, index: number, value: number | bigint): void
}

type BoolCodec = {
  kind: 'bool'
  read(view: DataView, index: number): boolean
  write(view: DataView, index: number, value: boolean): void
}

type Access = Pick<IntegerCodec, 'read' | 'write'>
const signed = (bits: bigint, access: Access): IntegerCodec => ({
  kind: 'integer',
  minimum: -(2n ** (bits - 1n)),
  maximum: 2n ** (bits - 1n) - 1n,
  ...access,
})
const unsigned = (bits: bigint, access: Access): IntegerCodec => ({
  kind: 'integer',
  minimum: 0n,
  maximum: 2n ** bits - 1n,
  ...access,
})

const nibble = (view: DataView, index: number) => (view.getUint8(index >> 1) >> ((index & 1) * 4)) & 15
const setNibble = (view: DataView, index: number, value: number | bigint) => {
  const shift = (index & 1) * 4
  const kept = view.getUint8(index >> 1) & (15 << (4 - shift))
  view.setUint8(index >> 1, kept | ((Number(value) & 15) << shift))
}

const codecs: Partial<Record<ElementType, ElementCodec>> = {
  float: {
    kind: 'float',
    read: (view, index) => view.getFloat32(index * 4, true),
    write: (view, index, value) => view.setFloat32(index * 4, value, true),
  },
  double: {
    kind: 'float',
    read: (view, index) => view.getFloat64(index * 8, true),
    write: (view, index, value) => view.setFloat64(index * 8, value, true),
  },
  float16: {
    kind: 'float',
    read: (view, index) => float16FromBits(view.getUint16(index * 2, true)),
    write: (view, index, value) => view.setUint16(index * 2, float16ToBits(value), true),
  },
  bfloat16: {
    kind: 'float',
    read: (view, index) => bfloat16FromBits(view.getUint16(index * 2, true)),
    write: (view, index, value) => view.setUint16(index * 2, bfloat16ToBits(value), true),
  },
  int8: signed(8n, {
    read: (view, index) => view.getInt8(index),
    write: (view, index, value) => view.setInt8(index, Number(value)),
  }),
  uint8: unsigned(8n, {
    read: (view, index) => view.getUint8(index),
    write: (view, index, value) => view.setUint8(index, Number(value)),
  }),
  int16: signed(16n, {
    read: (view, index) => view.getInt16(index * 2, true),
    write: (view, index, value) => view.setInt16(index * 2, Number(value), true),
  }),
  uint16: unsigned(16n, {
    read: (view, index) => view.getUint16(index * 2, true),
    write: (view, index, value) => view.setUint16(index * 2, Number(value), true),
  }),
  int32: signed(32n, {
    read: (view, index) => view.getInt32(index * 4, true),
    write: (view, index, value) => view.setInt32(index * 4, Number(value), true),
  }),
  uint32: unsigned(32n, {
    read: (view, index) => view.getUint32(index * 4, true),
    write: (view, index, value) => view.setUint32(index * 4, Number(value), true),
  }),
  int64: signed(64n, {
    read: (view, index) => view.getBigInt64(index * 8, true),
    write: (view, index, value) => view.setBigInt64(index * 8, BigInt(value), true),
  }),
  uint64: unsigned(64n, {
    read: (view, index) => view.getBigUint64(index * 8, true),
    write: (view, index, value) => view.setBigUint64(index * 8, BigInt(value), true),
  }),
  int4: signed(4n, {
    read: (view, index) => (nibble(view, index) << 28) >> 28,
    write: setNibble,
  }),
  uint4: unsigned(4n, { read: nibble, write: setNibble }),
  bool: {
    kind: 'bool',
    read: (view, index) => view.getUint8(index) !== 0,
    write: (view, index, value) => view.setUint8(index, value ? 1 : 0),
  },
}

/** The codec of a type; undefined for strings and for types that no runtime here passes. */
export function elementCodec(type: ElementType): ElementCodec | undefined {
  return codecs[type]
}

/** A view on the bytes, wherever they lie in their buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
