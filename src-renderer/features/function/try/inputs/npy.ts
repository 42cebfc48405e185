/** numpy's type codes to the names that the API takes. */
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
 * Reads numpy's `.npy` (format 1 to 3: magic, version, header length, a Python dictionary, raw values). The bytes come little-endian and
 * with the last axis running fastest, whatever the file's order.
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
  const Shape = shape.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]))
  const width = Number(code.slice(1))
  const count = Shape.reduce((product, size) => product * size, 1)
  // A copy of their own, which begins where wider numbers may begin.
  const data = bytes.slice(start + length)
  if (data.length !== count * width) throw new Error('The .npy file is cut off, or longer than its shape says.')
  if (order === '>') for (let at = 0; at < data.length; at += width) data.subarray(at, at + width).reverse()
  const columnMajor = /'fortran_order':\s*True/.test(header)
  return { type: ElementType, shape: Shape, bytes: columnMajor ? toRowMajor(data, Shape, width) : data }
}

/** The values of an array whose first axis runs fastest (Fortran order), with the last running fastest, as models take them. */
function toRowMajor(bytes: Uint8Array<ArrayBuffer>, shape: readonly number[], width: number): Uint8Array<ArrayBuffer> {
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, width))
  const result = new Uint8Array(bytes.length)
  const position = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < bytes.length; to += width) {
    for (let byte = 0; byte < width; byte++) result[to + byte] = bytes[from + byte] ?? 0
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [at, size, step] = [(position[axis] ?? 0) + 1, shape[axis] ?? 0, steps[axis] ?? 0]
      position[axis] = at === size ? 0 : at
      from += at === size ? step * (1 - size) : step
      if (at !== size) break
    }
  }
  return result
}
