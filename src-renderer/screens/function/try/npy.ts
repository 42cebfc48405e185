/** numpy's type codes (little-endian) to the names that the API takes. */
const numpyNames: Record<string, string> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
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

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/**
 * Reads numpy's `.npy` (format 1 to 3: magic, version, header length, a Python dictionary, raw values).
 * @throws Error with a sentence where it is no such file, or one that a model cannot be fed with
 */
export function readNpy(buffer: ArrayBuffer): { type: string; shape: number[]; bytes: Uint8Array<ArrayBuffer> } {
  const bytes = new Uint8Array(buffer)
  if (!MAGIC.every((byte, index) => bytes[index] === byte) || bytes.length < 12)
    throw new Error('It is not a .npy file: it does not begin like one.')
  const view = new DataView(buffer)
  const long = view.getUint8(6) >= 2
  const start = long ? 12 : 10
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true)
  if (start + length > bytes.length) throw new Error('The .npy file is cut off in its header.')
  const header = new TextDecoder().decode(bytes.subarray(start, start + length))
  const [, order, code = ''] = /'descr':\s*'([<>|=])(\w+)'/.exec(header) ?? []
  const ElementType = numpyNames[code]
  const [, shape] = /'shape':\s*\(([^)]*)\)/.exec(header) ?? []
  if (order === undefined || ElementType === undefined || shape === undefined)
    throw new Error('The .npy file holds values of a kind that a model cannot be fed with.')
  if (order === '>') throw new Error('The .npy file is big-endian; save it in the usual little-endian order.')
  if (/'fortran_order':\s*True/.test(header))
    throw new Error('The .npy file is in Fortran order; save it by np.ascontiguousarray first.')
  const Shape = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]))
  const values = Shape.reduce((product, size) => product * size, 1) * Number(code.slice(1))
  // A copy of their own, which begins where wider numbers may begin.
  const data = bytes.slice(start + length)
  if (data.length !== values) throw new Error('The .npy file is cut off, or longer than its shape says.')
  return { type: ElementType, shape: Shape, bytes: data }
}
