import type { Tensor as OrtTensor } from 'onnxruntime-node'
import type { Tensor } from '../../../src-contract/util/tensor.ts'
import { toOrtTensor } from './exchange-tensor.ts'

/** Inputs as a session takes them. */
export function feedsOf(tensors: ReadonlyMap<string, Tensor>): Record<string, OrtTensor> {
  return Object.fromEntries([...tensors].map(([name, tensor]) => [name, toOrtTensor(tensor, `Inputs.${name}`)]))
}
