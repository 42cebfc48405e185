import { Tensor as OrtTensor } from 'onnxruntime-node'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import type { Tensor } from '../../../src-contract/util/tensor.ts'
import { elementTypeOfName } from '../tensor/type-name.ts'

/** Element types that sessions know by name, but whose values cannot be passed (1.30). */
const notPassed: readonly ElementType[] = ['int4', 'uint4', 'unknown']

/** Whether values of this type can be given to a session and taken from it. */
export function isPassed(type: ElementType): boolean {
  return !notPassed.includes(type)
}

/** Why a value of this type cannot be given or taken. */
export function cannotPass(type: ElementType): string {
  return `ONNX Runtime's JavaScript interface cannot pass values of the type ${type}.`
}

/**
 * Our tensor as ONNX Runtime's JavaScript interface takes it.
 * @throws Problem invalid about `field` for a type that it does not take
 */
export function toOrtTensor({ type, shape, data }: Tensor, field: string): OrtTensor {
  const dims = [...shape]
  if (!(data instanceof Uint8Array)) return new OrtTensor('string', [...data], dims)
  // Typed arrays must begin at a multiple of their element's size; a copy begins at 0.
  const { buffer } = data.byteOffset % 8 === 0 && data.buffer instanceof ArrayBuffer ? data : Uint8Array.from(data)
  const start = buffer === data.buffer ? data.byteOffset : 0
  const bytes = data.byteLength
  switch (type) {
    case 'float':
      return new OrtTensor('float32', new Float32Array(buffer, start, bytes / 4), dims)
    case 'double':
      return new OrtTensor('float64', new Float64Array(buffer, start, bytes / 8), dims)
    case 'float16':
      return new OrtTensor('float16', new Uint16Array(buffer, start, bytes / 2), dims)
    case 'int8':
      return new OrtTensor('int8', new Int8Array(buffer, start, bytes), dims)
    case 'uint8':
      return new OrtTensor('uint8', new Uint8Array(buffer, start, bytes), dims)
    case 'int16':
      return new OrtTensor('int16', new Int16Array(buffer, start, bytes / 2), dims)
    case 'uint16':
      return new OrtTensor('uint16', new Uint16Array(buffer, start, bytes / 2), dims)
    case 'int32':
      return new OrtTensor('int32', new Int32Array(buffer, start, bytes / 4), dims)
    case 'uint32':
      return new OrtTensor('uint32', new Uint32Array(buffer, start, bytes / 4), dims)
    case 'int64':
      return new OrtTensor('int64', new BigInt64Array(buffer, start, bytes / 8), dims)
    case 'uint64':
      return new OrtTensor('uint64', new BigUint64Array(buffer, start, bytes / 8), dims)
    case 'bool':
      return new OrtTensor('bool', new Uint8Array(buffer, start, bytes), dims)
    default:
      throw new Problem('invalid', cannotPass(type), { field })
  }
}

/** A tensor of ONNX Runtime as ours: a copy, which outlives the session. */
export function fromOrtTensor(tensor: OrtTensor): Tensor {
  const { data } = tensor
  const type = typeOfOrt(tensor.type)
  if (Array.isArray(data)) return { type, shape: [...tensor.dims], data }
  return { type, shape: [...tensor.dims], data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() }
}

/** The element type by ONNX Runtime's JavaScript name of it. */
export function typeOfOrt(name: string): ElementType {
  return elementTypeOfName(name) ?? 'unknown'
}
