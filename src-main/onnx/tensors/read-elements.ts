import { type ElementType, elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import { wide } from '../decode/report-values.ts'

/**
 * Reads single elements of one type from raw little-endian bytes, by their index. `number` is the value as a float64 sees it, of a
 * complex number its magnitude; `exact` is there where float64 would round; `shown` is what a person or JSON is told.
 */
export type ElementReader = {
  number(view: DataView, index: number): number
  exact?(view: DataView, index: number): bigint
  shown(view: DataView, index: number): number | string | boolean
}

/** A small float: bits of its exponent and fraction, its bias, and what its largest exponent means. */
type FloatFormat = { exponent: number; fraction: number; bias: number; top: 'ieee' | 'nan' | 'zero-sign' | 'plain' }

/**
 * Formats of the ONNX IR (onnx.proto, and "Float stored in 8 bits" and its like for 6 and 4 bits of its technical notes): `ieee` has
 * infinities, `nan` only a NaN with all bits set, `zero-sign` a NaN where others have minus zero, `plain` neither.
 */
const formats: Partial<Record<ElementType, FloatFormat>> = {
  float16: { exponent: 5, fraction: 10, bias: 15, top: 'ieee' },
  bfloat16: { exponent: 8, fraction: 7, bias: 127, top: 'ieee' },
  float8e4m3fn: { exponent: 4, fraction: 3, bias: 7, top: 'nan' },
  float8e4m3fnuz: { exponent: 4, fraction: 3, bias: 8, top: 'zero-sign' },
  float8e5m2: { exponent: 5, fraction: 2, bias: 15, top: 'ieee' },
  float8e5m2fnuz: { exponent: 5, fraction: 2, bias: 16, top: 'zero-sign' },
  float6e2m3: { exponent: 2, fraction: 3, bias: 1, top: 'plain' },
  float6e3m2: { exponent: 3, fraction: 2, bias: 3, top: 'plain' },
  float4e2m1: { exponent: 2, fraction: 1, bias: 1, top: 'plain' },
}

function smallFloat(bits: number, { exponent, fraction, bias, top }: FloatFormat): number {
  const sign = bits >> (exponent + fraction) === 0 ? 1 : -1
  const largest = 2 ** exponent - 1
  const power = (bits >> fraction) & largest
  const rest = bits & (2 ** fraction - 1)
  if (top === 'zero-sign' && sign < 0 && power === 0 && rest === 0) return Number.NaN
  if (top === 'nan' && power === largest && rest === 2 ** fraction - 1) return Number.NaN
  if (top === 'ieee' && power === largest) return rest === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (power === 0) return sign * rest * 2 ** (1 - bias - fraction)
  return sign * (1 + rest / 2 ** fraction) * 2 ** (power - bias)
}

/** Every value that so many bits can have. */
function tableOf(type: ElementType, bits: number): Float64Array | null {
  const format = formats[type]
  const at = (value: (bits: number) => number) => Float64Array.from({ length: 2 ** bits }, (_, index) => value(index))
  if (format) return at((index) => smallFloat(index, format))
  // Powers of two alone, and one NaN (OCP Microscaling, E8M0).
  if (type === 'float8e8m0') return at((index) => (index === 255 ? Number.NaN : 2 ** (index - 127)))
  if (type === 'uint4' || type === 'uint2' || type === 'uint8') return at((index) => index)
  if (type === 'int4' || type === 'int2' || type === 'int8')
    return at((index) => (index < 2 ** (bits - 1) ? index : index - 2 ** bits))
  return null
}

const plain = (number: ElementReader['number']): ElementReader => ({
  number,
  shown: (view, index) => jsonNumber(number(view, index)),
})

/** Elements of less than a byte: a stream of bits, the first in the lowest ones. */
function packed(table: Float64Array, bits: number): ElementReader {
  const mask = 2 ** bits - 1
  return plain((view, index) => {
    const byte = Math.floor((index * bits) / 8)
    const shift = (index * bits) % 8
    const next = shift + bits > 8 ? view.getUint8(byte + 1) : 0
    return table[((view.getUint8(byte) | (next << 8)) >> shift) & mask] ?? 0
  })
}

function complex(bytes: 8 | 16): ElementReader {
  const half = bytes / 2
  const part = (view: DataView, at: number) => (half === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true))
  return {
    number: (view, index) => Math.hypot(part(view, index * bytes), part(view, index * bytes + half)),
    shown(view, index) {
      const imaginary = part(view, index * bytes + half)
      return `${part(view, index * bytes)}${imaginary < 0 || Object.is(imaginary, -0) ? '' : '+'}${imaginary}i`
    },
  }
}

const wideInteger = (exact: (view: DataView, index: number) => bigint): ElementReader => ({
  number: (view, index) => Number(exact(view, index)),
  exact,
  shown: (view, index) => jsonInteger(exact(view, index)),
})

const readers: Partial<Record<ElementType, ElementReader>> = {
  float: plain((view, index) => view.getFloat32(index * 4, true)),
  double: plain((view, index) => view.getFloat64(index * 8, true)),
  int16: plain((view, index) => view.getInt16(index * 2, true)),
  uint16: plain((view, index) => view.getUint16(index * 2, true)),
  int32: plain((view, index) => view.getInt32(index * 4, true)),
  uint32: plain((view, index) => view.getUint32(index * 4, true)),
  int64: wideInteger((view, index) => view.getBigInt64(index * 8, true)),
  uint64: wideInteger((view, index) => view.getBigUint64(index * 8, true)),
  complex64: complex(8),
  complex128: complex(16),
  bool: {
    number: (view, index) => (view.getUint8(index) === 0 ? 0 : 1),
    shown: (view, index) => view.getUint8(index) !== 0,
  },
}

/** The reader of a type; null for texts and for types that nobody knows. */
export function elementReader(type: ElementType): ElementReader | null {
  const known = readers[type]
  const { bits } = elementTypeInfo(type)
  if (known || bits === null) return known ?? null
  const table = tableOf(type, bits)
  if (table === null) return null
  if (bits < 8) return packed(table, bits)
  if (bits === 8) return plain((view, index) => table[view.getUint8(index)] ?? 0)
  return plain((view, index) => table[view.getUint16(index * 2, true)] ?? 0)
}

/** A number as JSON can have it. */
export const jsonNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

/** An integer as JSON can have it exactly. */
export const jsonInteger = (value: bigint): number | string =>
  wide(Number.isSafeInteger(Number(value)) ? Number(value) : value)
