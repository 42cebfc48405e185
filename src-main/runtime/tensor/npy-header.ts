import { Problem } from '../../../src-contract/contract/admin/problem.ts'

/** What an `.npy` file says of its array (numpy's format specification, NEP 1). */
export type NpyHeader = {
  /** Byte order and type, such as `<f4`. */
  descr: string
  fortranOrder: boolean
  shape: number[]
  /** Where the values begin. */
  dataStart: number
}

const MAGIC = '\x93NUMPY'
const LONGEST = 1024 * 1024

/**
 * Reads the header of an `.npy` file of format 1.0 to 3.0.
 * @throws Problem invalid
 */
export function readNpyHeader(bytes: Uint8Array, field: string): NpyHeader {
  const wrong = (sentence: string) => new Problem('invalid', sentence, { field })
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < 10 || file.toString('latin1', 0, 6) !== MAGIC) throw wrong('It is no numpy array file (.npy).')
  const major = file.readUInt8(6)
  if (major < 1 || major > 3) throw wrong(`It is in version ${major} of numpy's format; versions 1 to 3 can be read.`)
  const lengthBytes = major === 1 ? 2 : 4
  if (file.length < 8 + lengthBytes) throw wrong('It ends in the middle of its header.')
  const length = file.readUIntLE(8, lengthBytes)
  const dataStart = 8 + lengthBytes + length
  if (length > LONGEST) throw wrong('Its header is too long.')
  if (dataStart > file.length) throw wrong('It ends in the middle of its header.')
  const text = file.toString(major === 3 ? 'utf8' : 'latin1', 8 + lengthBytes, dataStart)
  return { ...parseDictionary(text, wrong), dataStart }
}

/** The header is a Python dictionary with just these three keys. */
function parseDictionary(text: string, wrong: (sentence: string) => Problem): Omit<NpyHeader, 'dataStart'> {
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

/** The header of an `.npy` file of format 1.0, padded so that the values begin at a multiple of 64 bytes. */
export function writeNpyHeader(descr: string, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`
  const padding = (64 - ((10 + dictionary.length + 1) % 64)) % 64
  const text = `${dictionary}${' '.repeat(padding)}\n`
  const start = Buffer.alloc(10)
  start.write(MAGIC, 'latin1')
  start.writeUInt8(1, 6)
  start.writeUInt16LE(text.length, 8)
  return Buffer.concat([start, Buffer.from(text, 'latin1')])
}
