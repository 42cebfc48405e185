import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ElementType } from '../../../src-contract/contract/models/element-type.ts'
import { elementCount, type Tensor, tensorBytes } from '../../../src-contract/util/tensor.ts'
import { elementCodec, viewOf } from './element-codec.ts'

/**
 * The tensor in another type, where no value changes its meaning: between floats (rounded), between integers that fit, and from
 * integers to floats. numpy makes float64 and int64 by default, and models seldom take those.
 * @throws Problem invalid
 */
export function castTensor(tensor: Tensor, type: ElementType, field: string): Tensor {
  if (tensor.type === type) return tensor
  const wrong = (sentence: string) => new Problem('invalid', sentence, { field })
  const mismatch = () => wrong(`It holds ${tensor.type} values, but the model expects ${type}.`)
  const [from, to] = [elementCodec(tensor.type), elementCodec(type)]
  if (!from || !to || !(tensor.data instanceof Uint8Array)) throw mismatch()
  const data = new Uint8Array(tensorBytes(type, tensor.shape, field))
  const [source, target] = [viewOf(tensor.data), viewOf(data)]
  const count = elementCount(tensor.shape)
  for (let index = 0; index < count; index++) {
    const value = from.read(source, index)
    if (to.kind === 'float' && typeof value !== 'boolean') to.write(target, index, Number(value))
    else if (to.kind === 'integer' && from.kind === 'integer' && typeof value !== 'boolean') {
      if (value < to.minimum || value > to.maximum) {
        throw wrong(`It holds ${value}, which does not fit the model's ${type} (${to.minimum} to ${to.maximum}).`)
      }
      to.write(target, index, value)
    } else throw mismatch()
  }
  return { type, shape: tensor.shape, data }
}
