import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { elementCodec, viewOf } from './element-codec.ts'
import { readNpyHeader, writeNpyHeader } from './npy-header.ts'
import { elementCount, TENSOR_LIMIT, type Tensor, tensorBytes } from './tensor.ts'

/** Types by numpy's kind and size, and what an array of ours becomes there. */
const types: Record<string, ElementType> = {
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
const kinds = new Map(Object.entries(types).map(([kind, type]) => [type, kind]))

/** Types that numpy has no name for are written as the next wider one. */
const wider: Partial<Record<ElementType, ElementType>> = { int4: 'int8', uint4: 'uint8', bfloat16: 'float' }

/**
 * Reads an array from an `.npy` file: any byte order, C or Fortran order, numbers, bools, `<U` and `S` strings.
 * @param field names the array in errors
 * @throws Problem invalid or too-large
 */
export function readNpy(bytes: Uint8Array, field: string): Tensor {
  const wrong = (sentence: string) => new Problem('invalid', sentence, { field })
  const { descr, fortranOrder, shape, dataStart } = readNpyHeader(bytes, field)
  const [, order = '', kind = '', size = ''] = /^([<>|=]?)([a-zA-Z?])(\d*)/.exec(descr) ?? []
  if (kind === 'O')
    throw wrong('It holds pickled Python objects, which are never opened, since they can run any program.')
  const values = bytes.subarray(dataStart)
  const bigEndian = order === '>'
  if (kind === 'U' || kind === 'S') {
    const width = Number(size) * (kind === 'U' ? 4 : 1)
    requireLength(values, elementCount(shape) * width, wrong)
    const texts = readTexts(values, elementCount(shape), Number(size), kind, bigEndian, wrong)
    return { type: 'string', shape, data: fortranOrder ? toRowMajor(texts, shape) : texts }
  }
  const type = types[kind === '?' ? 'b1' : `${kind}${size}`]
  if (type === undefined) throw wrong(`It holds values of numpy's type ${descr}, which no model takes.`)
  const length = tensorBytes(type, shape, field)
  requireLength(values, length, wrong)
  const width = Number(size || 1)
  const data = Uint8Array.from(values)
  if (bigEndian) swapBytes(data, width)
  return { type, shape, data: fortranOrder ? bytesToRowMajor(data, shape, width) : data }
}

/**
 * Writes a tensor as an `.npy` file of format 1.0. Types without a numpy name become the next wider one: int4 int8, uint4 uint8,
 * bfloat16 float32. numpy drops NUL characters at the end of strings.
 * @throws Problem
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  const { shape } = tensor
  if (!(tensor.data instanceof Uint8Array)) return writeTexts(tensor.data, shape)
  const { type, data } = widened(tensor.type, shape, tensor.data)
  const kind = kinds.get(type)
  if (kind === undefined) throw new Problem('invalid', `numpy has no type for values of the type ${type}.`)
  const descr = `${kind.endsWith('1') ? '|' : '<'}${kind}`
  return Buffer.concat([writeNpyHeader(descr, shape), data])
}

function requireLength(values: Uint8Array, expected: number, wrong: (sentence: string) => Problem): void {
  if (values.length === expected) return
  throw wrong(`Its values take ${values.length} bytes, but its header says ${expected}.`)
}

function readTexts(
  values: Uint8Array,
  count: number,
  length: number,
  kind: 'U' | 'S',
  bigEndian: boolean,
  wrong: (sentence: string) => Problem,
): string[] {
  if (count > TENSOR_LIMIT / 64) throw wrong('It holds too many strings.')
  const view = viewOf(values)
  const decoder = new TextDecoder('utf-8')
  return Array.from({ length: count }, (_, index) => {
    if (kind === 'S') {
      const start = index * length
      return decoder.decode(values.subarray(start, start + length)).replace(/\0+$/, '')
    }
    const points = Array.from({ length }, (_, place) => view.getUint32((index * length + place) * 4, !bigEndian))
    while (points.at(-1) === 0) points.pop()
    if (points.some((point) => point > 0x10ffff)) throw wrong('One of its strings holds a number that is no character.')
    return points.map((point) => String.fromCodePoint(point)).join('')
  })
}

function writeTexts(texts: readonly string[], shape: readonly number[]): Uint8Array {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const longest = points.reduce((most, { length }) => Math.max(most, length), 1)
  const size = longest * 4 * texts.length
  if (size > TENSOR_LIMIT)
    throw new Problem('too-large', "These strings are too large for numpy's format; ask for JSON.")
  const values = Buffer.alloc(size)
  points.forEach((characters, index) => {
    characters.forEach((point, place) => {
      values.writeUInt32LE(point, (index * longest + place) * 4)
    })
  })
  return Buffer.concat([writeNpyHeader(`<U${longest}`, shape), values])
}

function widened(type: ElementType, shape: readonly number[], data: Uint8Array) {
  const target = wider[type]
  if (target === undefined) return { type, data }
  const [from, to] = [elementCodec(type), elementCodec(target)]
  const result = new Uint8Array(tensorBytes(target, shape))
  const [source, view] = [viewOf(data), viewOf(result)]
  for (let index = 0; index < elementCount(shape); index++) {
    if (from?.kind === 'integer' && to?.kind === 'integer') to.write(view, index, from.read(source, index))
    else if (from?.kind === 'float' && to?.kind === 'float') to.write(view, index, from.read(source, index))
  }
  return { type: target, data: result }
}

function swapBytes(data: Uint8Array, width: number): void {
  for (let start = 0; start < data.length; start += width) data.subarray(start, start + width).reverse()
}

/** For each element in row-major order, its place in column-major order. */
function* columnMajorPlaces(shape: readonly number[]): Generator<number> {
  const steps = shape.map((_, axis) => elementCount(shape.slice(0, axis)))
  const position = shape.map(() => 0)
  const count = elementCount(shape)
  for (let done = 0; done < count; done++) {
    yield position.reduce((place, at, axis) => place + at * (steps[axis] ?? 0), 0)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1
      position[axis] = next === shape[axis] ? 0 : next
      if (next !== shape[axis]) break
    }
  }
}

function toRowMajor(texts: readonly string[], shape: readonly number[]): string[] {
  return Array.from(columnMajorPlaces(shape), (place) => texts[place] ?? '')
}

function bytesToRowMajor(data: Uint8Array, shape: readonly number[], width: number): Uint8Array {
  const result = new Uint8Array(data.length)
  let start = 0
  for (const place of columnMajorPlaces(shape)) {
    result.set(data.subarray(place * width, (place + 1) * width), start)
    start += width
  }
  return result
}
