import { type Tensor, tensorBytes } from '../../src-contract/util/tensor.ts'
import { decodeTensorFields } from '../../src-main/onnx/decode/decode-tensor.ts'
import { tensorValues } from '../../src-main/onnx/tensors/tensor-values.ts'
import { fileSource } from '../../src-main/onnx/wire/byte-source.ts'
import { WireReader } from '../../src-main/onnx/wire/wire-reader.ts'
import { elementCodec } from '../../src-main/runtime/tensor/element-codec.ts'

/** Why a file of ONNX's test data cannot be used. */
export class NoTensor extends Error {}

/**
 * Reads a serialized TensorProto, as ONNX's test data has them.
 * @throws {NoTensor}
 */
export function readTensorFile(path: string): Tensor & { name: string } {
  const source = fileSource(path)
  try {
    const tensor = decodeTensorFields(new WireReader(source), source.size)
    const { name, elementType: type } = tensor
    const shape = tensor.dimensions.map(Number)
    const pieces = Array.from(tensorValues(source, tensor), (piece) => Buffer.from(piece))
    if (type === 'string') return { name, type, shape, data: textsOf(pieces) }
    const data = new Uint8Array(Buffer.concat(pieces))
    if (!elementCodec(type)) throw new NoTensor(`it has values of the type ${type}`)
    if (data.length !== tensorBytes(type, shape)) throw new NoTensor('its test data is incomplete')
    return { name, type, shape, data }
  } finally {
    source.close()
  }
}

/** Strings come as their lengths and their pieces in turn. */
function textsOf(pieces: readonly Buffer[]): string[] {
  const texts: string[] = []
  const all = Buffer.concat(pieces)
  for (let at = 0; at < all.length; ) {
    const length = all.readUInt32LE(at)
    texts.push(all.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length
  }
  return texts
}
