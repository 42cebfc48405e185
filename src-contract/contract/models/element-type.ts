import { z } from 'zod'

/** What a type is to a person, and which tint the window gives it. */
type ElementFamily = 'float' | 'integer' | 'bool' | 'string' | 'other'

/** What is known of one element type. `bits` is null where elements have no fixed size (strings). */
export type ElementTypeInfo = {
  /** Number in `TensorProto.DataType`. */
  code: number
  /** Short name for signature lines: `f32`, `i64`. */
  short: string
  /** ONNX Runtime's word, also the Compute API's `DataType`: `float`, `int64`. */
  runtime: string
  bits: number | null
  family: ElementFamily
}

/**
 * Every value of `TensorProto.DataType` in onnx.proto (IR version 14), by its lower-case name there. `undefined` is a
 * declared UNDEFINED or a missing type, `unknown` a number that no published onnx.proto gives a meaning to.
 */
export const elementTypes = {
  undefined: { code: 0, short: '?', runtime: 'undefined', bits: null, family: 'other' },
  float: { code: 1, short: 'f32', runtime: 'float', bits: 32, family: 'float' },
  uint8: { code: 2, short: 'u8', runtime: 'uint8', bits: 8, family: 'integer' },
  int8: { code: 3, short: 'i8', runtime: 'int8', bits: 8, family: 'integer' },
  uint16: { code: 4, short: 'u16', runtime: 'uint16', bits: 16, family: 'integer' },
  int16: { code: 5, short: 'i16', runtime: 'int16', bits: 16, family: 'integer' },
  int32: { code: 6, short: 'i32', runtime: 'int32', bits: 32, family: 'integer' },
  int64: { code: 7, short: 'i64', runtime: 'int64', bits: 64, family: 'integer' },
  string: { code: 8, short: 'str', runtime: 'string', bits: null, family: 'string' },
  bool: { code: 9, short: 'bool', runtime: 'bool', bits: 8, family: 'bool' },
  float16: { code: 10, short: 'f16', runtime: 'float16', bits: 16, family: 'float' },
  double: { code: 11, short: 'f64', runtime: 'double', bits: 64, family: 'float' },
  uint32: { code: 12, short: 'u32', runtime: 'uint32', bits: 32, family: 'integer' },
  uint64: { code: 13, short: 'u64', runtime: 'uint64', bits: 64, family: 'integer' },
  complex64: { code: 14, short: 'c64', runtime: 'complex64', bits: 64, family: 'other' },
  complex128: { code: 15, short: 'c128', runtime: 'complex128', bits: 128, family: 'other' },
  bfloat16: { code: 16, short: 'bf16', runtime: 'bfloat16', bits: 16, family: 'float' },
  float8e4m3fn: { code: 17, short: 'f8e4m3fn', runtime: 'float8e4m3fn', bits: 8, family: 'float' },
  float8e4m3fnuz: { code: 18, short: 'f8e4m3fnuz', runtime: 'float8e4m3fnuz', bits: 8, family: 'float' },
  float8e5m2: { code: 19, short: 'f8e5m2', runtime: 'float8e5m2', bits: 8, family: 'float' },
  float8e5m2fnuz: { code: 20, short: 'f8e5m2fnuz', runtime: 'float8e5m2fnuz', bits: 8, family: 'float' },
  uint4: { code: 21, short: 'u4', runtime: 'uint4', bits: 4, family: 'integer' },
  int4: { code: 22, short: 'i4', runtime: 'int4', bits: 4, family: 'integer' },
  float4e2m1: { code: 23, short: 'f4e2m1', runtime: 'float4e2m1', bits: 4, family: 'float' },
  float8e8m0: { code: 24, short: 'f8e8m0', runtime: 'float8e8m0', bits: 8, family: 'float' },
  uint2: { code: 25, short: 'u2', runtime: 'uint2', bits: 2, family: 'integer' },
  int2: { code: 26, short: 'i2', runtime: 'int2', bits: 2, family: 'integer' },
  float6e2m3: { code: 27, short: 'f6e2m3', runtime: 'float6e2m3', bits: 6, family: 'float' },
  float6e3m2: { code: 28, short: 'f6e3m2', runtime: 'float6e3m2', bits: 6, family: 'float' },
  unknown: { code: -1, short: '?', runtime: 'unknown', bits: null, family: 'other' },
} as const satisfies Record<string, ElementTypeInfo>

/** The name of an element type, as reports carry it. */
export type ElementType = keyof typeof elementTypes

/** Narrows any string to the name of an element type. */
export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(elementTypes, name)
}

const names = Object.keys(elementTypes).filter(isElementType)

/** The zod schema of an element type's name. */
export const ElementTypeName = z.enum(names)

const byCode: ElementType[] = []
for (const name of names) if (name !== 'unknown') byCode[elementTypes[name].code] = name

/** The element type with this number in `TensorProto.DataType`; `unknown` for numbers without a meaning. */
export function elementTypeOfCode(code: number): ElementType {
  return byCode[code] ?? 'unknown'
}

/** What is known of an element type. */
export function elementTypeInfo(name: ElementType): ElementTypeInfo {
  return elementTypes[name]
}

/**
 * Bytes that `count` elements take when stored raw; types below a byte are packed (ONNX IR, "Serialization of
 * sub-byte types"), so the last byte may be half used. Null for types without a fixed size.
 */
export function bytesOfElements(name: ElementType, count: number): number | null {
  const { bits } = elementTypeInfo(name)
  if (bits === null) return null
  return bits >= 8 ? count * (bits / 8) : Math.ceil((count * bits) / 8)
}
