import { Problem } from '../contract/admin/problem.ts'
import type { ElementType } from '../contract/models/element-type.ts'
import { groupedNumber, plural } from '../words/human-number.ts'
import { elementCount, TENSOR_LIMIT, type Tensor, tensorBytes } from './tensor.ts'

/** Types by numpy's kind and size. */
export const numpyTypes: Readonly<Record<string, ElementType>> = {
  f2: 'float16',
  f4: 'float',
  f8: 'double',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  b1: 'bool',
}

/** What an `.npy` file says of its array (numpy's format specification, NEP 1). */
type NpyHeader = {
  /** Byte order and type, such as `<f4`. */
  descr: string
  fortranOrder: boolean
  shape: number[]
  /** Where the values begin. */
  dataStart: number
}

type Wrong = (sentence: string) => Problem

const MAGIC = '\x93NUMPY'
const LONGEST_HEADER = 1024 * 1024

/**
 * Reads an array from an `.npy` file of format 1.0 to 3.0: any byte order, C or Fortran order, numbers, bools, `<U` and `S` strings.
 * @param field names the array in errors
 * @throws Problem invalid or too-large
 */
export function readNpy(bytes: Uint8Array, field: string): Tensor {
  const wrong = (sentence: string) => new Problem('invalid', sentence, { field })
  const { descr, fortranOrder, shape, dataStart } = readHeader(bytes, wrong)
  const [, order = '', kind = '', size = ''] = /^([<>|=]?)([a-zA-Z?])(\d*)/.exec(descr) ?? []
  if (kind === 'O')
    throw wrong('It holds pickled Python objects, which are never opened, since they can run any program.')
  const values = bytes.subarray(dataStart)
  const bigEndian = order === '>'
  if (kind === 'U' || kind === 'S') {
    const width = Number(size) * (kind === 'U' ? 4 : 1)
    requireLength(values, elementCount(shape) * width, wrong)
    const texts = readTexts(values, elementCount(shape), Number(size), kind, bigEndian, wrong)
    return {
      type: 'string',
      shape,
      data: fortranOrder ? Array.from(columnMajorPlaces(shape), (place) => texts[place] ?? '') : texts,
    }
  }
  const type = numpyTypes[kind === '?' ? 'b1' : `${kind}${size}`]
  if (type === undefined) throw wrong(`It holds values of numpy's type ${descr}, which models cannot use.`)
  requireLength(values, tensorBytes(type, shape, field), wrong)
  const width = Number(size || 1)
  const data = Uint8Array.from(values)
  if (bigEndian) for (let at = 0; at < data.length; at += width) data.subarray(at, at + width).reverse()
  return { type, shape, data: fortranOrder ? toRowMajor(data, shape, width) : data }
}

function readHeader(bytes: Uint8Array, wrong: Wrong): NpyHeader {
  const latin1 = (start: number, end: number) => new TextDecoder('latin1').decode(bytes.subarray(start, end))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 10 || MAGIC.split('').some((character, at) => bytes[at] !== character.charCodeAt(0)))
    throw wrong('It is not a numpy array file (.npy).')
  const major = view.getUint8(6)
  if (major < 1 || major > 3) throw wrong(`It is in version ${major} of numpy's format; versions 1 to 3 can be read.`)
  const start = major === 1 ? 10 : 12
  if (bytes.length < start) throw wrong('It ends in the middle of its header.')
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  const dataStart = start + length
  if (length > LONGEST_HEADER) throw wrong('Its header is too long.')
  if (dataStart > bytes.length) throw wrong('It ends in the middle of its header.')
  const text = major === 3 ? new TextDecoder().decode(bytes.subarray(start, dataStart)) : latin1(start, dataStart)
  return { ...parseDictionary(text, wrong), dataStart }
}

/** The header is a Python dictionary with just these three keys. */
function parseDictionary(text: string, wrong: Wrong): Omit<NpyHeader, 'dataStart'> {
  if (/['"]descr['"]\s*:\s*\[/.test(text)) throw wrong('Its elements are records; only plain arrays can be used.')
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1]
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1]
  const shape = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1]
  if (descr === undefined || order === undefined || shape === undefined) throw wrong('Its header cannot be understood.')
  const sizes = shape
    .split(',')
    .map((size) => size.replace('L', '').trim())
    .filter((size) => size !== '')
    .map(Number)
  if (sizes.length > 32 || !sizes.every(Number.isSafeInteger)) throw wrong('Its shape is impossible.')
  return { descr, fortranOrder: order === 'True', shape: sizes }
}

function requireLength(values: Uint8Array, expected: number, wrong: Wrong): void {
  if (values.length === expected) return
  throw wrong(`Its values take ${plural(values.length, 'byte')}, but its header says ${groupedNumber(expected)}.`)
}

function readTexts(
  values: Uint8Array,
  count: number,
  length: number,
  kind: 'U' | 'S',
  bigEndian: boolean,
  wrong: Wrong,
): string[] {
  if (count > TENSOR_LIMIT / 64) throw wrong('It holds too many strings.')
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  const decoder = new TextDecoder('utf-8')
  return Array.from({ length: count }, (_, index) => {
    if (kind === 'S') {
      const start = index * length
      return decoder.decode(values.subarray(start, start + length)).replace(/\0+$/, '')
    }
    const points = Array.from({ length }, (_, place) => view.getUint32((index * length + place) * 4, !bigEndian))
    while (points.at(-1) === 0) points.pop()
    if (points.some((point) => point > 0x10ffff))
      throw wrong('One of its strings contains a number that is not a character.')
    return points.map((point) => String.fromCodePoint(point)).join('')
  })
}

/** For each element in row-major order, its place in column-major order (numpy's Fortran order). */
function* columnMajorPlaces(shape: readonly number[]): Generator<number> {
  const steps = shape.map((_, axis) => elementCount(shape.slice(0, axis)))
  const position = shape.map(() => 0)
  let place = 0
  for (let left = elementCount(shape); left > 0; left--) {
    yield place
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [next, size, step] = [(position[axis] ?? 0) + 1, shape[axis] ?? 0, steps[axis] ?? 0]
      position[axis] = next === size ? 0 : next
      place += next === size ? step * (1 - size) : step
      if (next !== size) break
    }
  }
}

function toRowMajor(data: Uint8Array, shape: readonly number[], width: number): Uint8Array {
  const result = new Uint8Array(data.length)
  let to = 0
  for (const place of columnMajorPlaces(shape)) {
    for (let byte = 0; byte < width; byte++) result[to++] = data[place * width + byte] ?? 0
  }
  return result
}
