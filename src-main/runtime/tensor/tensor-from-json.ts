import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { elementCount, showShape, type Tensor, tensorBytes } from '../../../src-contract/util/tensor.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { type ElementCodec, elementCodec, viewOf } from './element-codec.ts'

const DEEPEST = 32

/**
 * Makes a tensor of JSON: nested arrays (the shape may be left out), a flat array with its shape, one value for a scalar,
 * or base64 of the raw values with their shape.
 * @param field names the input in errors
 * @throws Problem invalid that says what is wrong and where
 */
export function tensorFromJson(
  data: unknown,
  type: ElementType,
  shape: readonly number[] | undefined,
  field: string,
): Tensor {
  const wrong = (sentence: string) => new Problem('invalid', sentence, { field })
  if (typeof data === 'string' && shape !== undefined && isRaw(data, type, shape)) {
    return { type, shape, data: decodeRaw(data, type, shape, field) }
  }
  const found = nestedShape(data, wrong)
  const actual = shape ?? found
  const flat = found.length <= 1 && elementCount(found) === elementCount(actual)
  if (!flat && showShape(found) !== showShape(actual)) {
    throw wrong(`The data has the shape ${showShape(found)}, not ${showShape(actual)}.`)
  }
  const bytes = tensorBytes(type, actual, field)
  if (type === 'string') return { type, shape: actual, data: collectStrings(data, elementCount(actual), wrong) }
  const codec = elementCodec(type)
  if (!codec) throw wrong(`Values of the type ${type} cannot be given as JSON.`)
  const target = new Uint8Array(bytes)
  const view = viewOf(target)
  const count = fill(data, 0, (value, index) => writeValue(codec, view, index, value, type, wrong))
  if (count !== elementCount(actual)) throw wrong(`The data has ${count} values, not ${elementCount(actual)}.`)
  return { type, shape: actual, data: target }
}

/** A string is raw data, unless it stands for the one value of a scalar. */
function isRaw(data: string, type: ElementType, shape: readonly number[]): boolean {
  if (type === 'string') return false
  return elementCount(shape) !== 1 || !/^-?(?:\d+|NaN|Infinity)$/.test(data)
}

function decodeRaw(text: string, type: ElementType, shape: readonly number[], field: string): Uint8Array {
  const bytes = tensorBytes(type, shape, field)
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Problem('invalid', 'The data is not valid base64.', { field })
  const raw = Buffer.from(text, 'base64')
  if (raw.length !== bytes) {
    throw new Problem(
      'invalid',
      `The data holds ${plural(raw.length, 'byte')}; ${type} of shape ${showShape(shape)} takes ${groupedNumber(bytes)}.`,
      { field },
    )
  }
  return new Uint8Array(raw)
}

/** The shape that the nesting has along its first elements. */
function nestedShape(data: unknown, wrong: (sentence: string) => Problem): number[] {
  const shape: number[] = []
  let level = data
  while (Array.isArray(level)) {
    if (shape.length === DEEPEST) throw wrong(`The data is nested deeper than ${DEEPEST} levels.`)
    shape.push(level.length)
    if (level.length === 0) break
    level = level[0]
  }
  requireRegular(data, shape, 0, wrong)
  return shape
}

function requireRegular(
  data: unknown,
  shape: readonly number[],
  depth: number,
  wrong: (sentence: string) => Problem,
): void {
  if (depth === shape.length) {
    if (Array.isArray(data)) throw wrong('The data is not nested evenly: an array is where others have a value.')
    return
  }
  if (!Array.isArray(data) || data.length !== shape[depth]) {
    throw wrong(`The data is not nested evenly: not every array at depth ${depth + 1} has ${shape[depth]} items.`)
  }
  for (const item of data) requireRegular(item, shape, depth + 1, wrong)
}

/** Visits every value in order; returns the index after the last. */
function fill(data: unknown, start: number, visit: (value: unknown, index: number) => void): number {
  if (!Array.isArray(data)) {
    visit(data, start)
    return start + 1
  }
  let index = start
  for (const item of data) index = fill(item, index, visit)
  return index
}

function collectStrings(data: unknown, expected: number, wrong: (sentence: string) => Problem): string[] {
  const texts: string[] = []
  fill(data, 0, (value) => {
    if (typeof value !== 'string') throw wrong(`${show(value)} is not a string.`)
    texts.push(value)
  })
  if (texts.length !== expected) throw wrong(`The data has ${texts.length} values, not ${expected}.`)
  return texts
}

function writeValue(
  codec: ElementCodec,
  view: DataView,
  index: number,
  value: unknown,
  type: ElementType,
  wrong: (sentence: string) => Problem,
): void {
  switch (codec.kind) {
    case 'bool':
      if (value !== true && value !== false && value !== 0 && value !== 1) throw wrong(`${show(value)} is not a bool.`)
      codec.write(view, index, value === true || value === 1)
      break
    case 'float': {
      const number = typeof value === 'string' ? floatOfText(value) : value
      if (typeof number !== 'number') throw wrong(`${show(value)} is not a number.`)
      codec.write(view, index, number)
      break
    }
    case 'integer': {
      const integer = integerOf(value)
      if (integer === undefined) throw wrong(`${show(value)} is not an integer that can be represented exactly.`)
      if (integer < codec.minimum || integer > codec.maximum) {
        throw wrong(`${integer} does not fit ${type}, which goes from ${codec.minimum} to ${codec.maximum}.`)
      }
      codec.write(view, index, integer)
      break
    }
  }
}

function floatOfText(text: string): number | undefined {
  if (text === 'NaN') return Number.NaN
  if (text === 'Infinity') return Number.POSITIVE_INFINITY
  return text === '-Infinity' ? Number.NEGATIVE_INFINITY : undefined
}

/** Integers from 2^53 on have lost digits as JSON numbers, and are taken from strings only. */
function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value)
  return undefined
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
