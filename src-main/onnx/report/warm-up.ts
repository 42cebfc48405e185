import type { ByteSource } from '../wire/byte-source.ts'
import { inspect } from './inspect.ts'

/** After so many nodes in all the reader's code is compiled for speed; fewer a round, so that nothing waits for one for long. */
const rounds = 80
const nodesARound = 400
/** Protobuf allows no more in one field; offsets past 2^31 are numbers of another kind to the compiler than those below. */
const weightBytes = 3 * 1024 ** 3

/**
 * Reads a made-up model again and again, one read for each step, so that the first real model finds the reader compiled: a
 * fresh process reads a large one three to five times as slowly. Nothing is read from disk and nothing is kept.
 */
export function* warmUp(): Generator<void> {
  const model = madeUpModel()
  for (let round = 0; round < rounds; round++) {
    inspect(model())
    yield
  }
}

/** A chain of nodes as exporters write them, behind a tensor of 3 GiB that is nowhere: the reader skips what it would hold. */
function madeUpModel(): () => ByteSource {
  const value = (name: string) =>
    field(1, name) + field(2, field(1, number(1, 1) + field(2, field(1, field(2, 'N')) + field(1, number(1, 2)))))
  const weight = number(1, weightBytes / 4) + number(2, 1) + field(8, 'weight') + key(9, 2) + varint(weightBytes)
  let graph = field(2, 'graph') + field(11, value('value_0')) + field(12, value(`value_${nodesARound}`))
  for (let index = 0; index < nodesARound; index++) graph += madeUpNode(index)
  const head = field(8, number(2, 17)) + number(1, 8)
  const start = key(5, 2) + varint(weight.length + weightBytes) + weight
  const before = Buffer.from(head + key(7, 2) + varint(start.length + weightBytes + graph.length) + start, 'latin1')
  const after = Buffer.from(graph, 'latin1')
  return () => sparseSource(before, weightBytes, after)
}

/** Nodes with and without attributes, stored weights and known shapes. */
function madeUpNode(index: number): string {
  const kinds = [
    { operator: 'MatMul', attributes: '' },
    { operator: 'LeakyRelu', attributes: field(5, `${field(1, 'alpha')}${key(2, 5)}\0\0\0\x3f${number(20, 1)}`) },
    { operator: 'Softmax', attributes: field(5, field(1, 'axis') + key(3, 0) + minusOne + number(20, 2)) },
    { operator: 'Add', attributes: '' },
    { operator: 'Transpose', attributes: field(5, field(1, 'perm') + number(8, 0) + number(8, 1) + number(20, 7)) },
  ]
  const { operator, attributes } = kinds[index % kinds.length] ?? { operator: 'Relu', attributes: '' }
  const isStored = operator === 'MatMul' || operator === 'Add'
  const initializer =
    number(1, 2) + number(1, 2) + number(2, 1) + field(8, `weight_${index}`) + field(9, '0123456789abcdef')
  const node =
    field(1, `value_${index}`) +
    (isStored ? field(1, `weight_${index}`) : '') +
    field(2, `value_${index + 1}`) +
    field(3, `/layer/${index}/${operator}`) +
    field(4, operator) +
    attributes
  return field(1, node) + (isStored ? field(5, initializer) : '')
}

/** The varint of -1, as long as any can be. */
const minusOne = `${'\xff'.repeat(9)}\x01`

/** A field of bytes, a text or a message; every character stands for one byte. */
function field(id: number, content: string): string {
  return key(id, 2) + varint(content.length) + content
}

function number(id: number, value: number): string {
  return key(id, 0) + varint(value)
}

function key(id: number, wireType: number): string {
  return varint(id * 8 + wireType)
}

function varint(value: number): string {
  return value < 0x80
    ? String.fromCharCode(value)
    : String.fromCharCode((value % 0x80) + 0x80) + varint(Math.floor(value / 0x80))
}

/** Bytes with a gap between them whose bytes nobody asks for by themselves. */
function sparseSource(before: Buffer, gap: number, after: Buffer): ByteSource {
  const window = Buffer.alloc(Math.max(before.length, after.length))
  const end = before.length + gap
  let total = 0
  return {
    size: end + after.length,
    read(offset, length) {
      const piece = length <= window.length ? window.subarray(0, length) : Buffer.alloc(length)
      if (offset >= end) after.copy(piece, 0, offset - end)
      else before.copy(piece, 0, offset)
      total += length
      return piece
    },
    bytesRead: () => total,
    close: () => {},
  }
}
