import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { numpyTypes } from '../../../src-contract/util/npy.ts'
import { elementCount, TENSOR_LIMIT, type Tensor, tensorBytes } from '../../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from './element-codec.ts'

const kinds = new Map(Object.entries(numpyTypes).map(([kind, type]) => [type, kind]))

/** Types that numpy has no name for are written as the next wider one. */
const wider: Partial<Record<ElementType, ElementType>> = { int4: 'int8', uint4: 'uint8', bfloat16: 'float' }

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
  return Buffer.concat([writeHeader(descr, shape), data])
}

/** The header of an `.npy` file of format 1.0, padded so that the values begin at a multiple of 64 bytes. */
function writeHeader(descr: string, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`
  const padding = (64 - ((10 + dictionary.length + 1) % 64)) % 64
  const text = `${dictionary}${' '.repeat(padding)}\n`
  const start = Buffer.alloc(10)
  start.write('\x93NUMPY', 'latin1')
  start.writeUInt8(1, 6)
  start.writeUInt16LE(text.length, 8)
  return Buffer.concat([start, Buffer.from(text, 'latin1')])
}

function writeTexts(texts: readonly string[], shape: readonly number[]): Uint8Array {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const longest = points.reduce((most, { length }) => Math.max(most, length), 1)
  const size = longest * 4 * texts.length
  if (size > TENSOR_LIMIT)
    throw new Problem('too-large', "These strings are too large for numpy's format; request JSON.")
  const values = Buffer.alloc(size)
  points.forEach((characters, index) => {
    characters.forEach((point, place) => {
      values.writeUInt32LE(point, (index * longest + place) * 4)
    })
  })
  return Buffer.concat([writeHeader(`<U${longest}`, shape), values])
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
