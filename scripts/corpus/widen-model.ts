import protobuf from 'protobufjs'
import { type ElementType, elementTypes } from '../../src-contract/contract/models/element-type.ts'
import type { Tensor } from '../../src-contract/util/tensor.ts'
import { onnxSchema } from '../../src-main/onnx/testing/onnx-messages.ts'
import { castTensor } from '../../src-main/runtime/tensor/cast-tensor.ts'

/** Types that ONNX Runtime computes with but its JavaScript interface cannot pass, and those that hold all their values. */
export const widerTypes: Partial<Record<ElementType, 'int8' | 'uint8'>> = { int4: 'int8', uint4: 'uint8' }

const INT_ATTRIBUTE = 2

/**
 * The model with a Cast at each in- and output of such a type, so that its values can be passed; null where it has none. The names
 * of these in- and outputs change, their places do not.
 */
export function widenModel(bytes: Uint8Array): Uint8Array | null {
  const Model = protobuf.parse(onnxSchema).root.lookupType('onnx.ModelProto')
  const model = Model.toObject(Model.decode(bytes))
  const { graph } = model
  const casts = { before: [] as object[], after: [] as object[] }
  for (const side of ['input', 'output'] as const) {
    for (const value of graph[side] ?? []) {
      const type = value.type?.tensorType
      const [narrow, wide] = Object.entries(widerTypes).find(([name]) => codeOf(name) === type?.elemType) ?? []
      if (narrow === undefined || wide === undefined) continue
      const inner = value.name
      value.name = `${inner} as ${wide}`
      type.elemType = codeOf(wide)
      if (side === 'input') casts.before.push(cast(value.name, inner, narrow))
      else casts.after.push(cast(inner, value.name, wide))
    }
  }
  if (casts.before.length + casts.after.length === 0) return null
  graph.node = [...casts.before, ...(graph.node ?? []), ...casts.after]
  return Model.encode(Model.fromObject(model)).finish()
}

function codeOf(type: string): number | undefined {
  return Object.entries(elementTypes).find(([name]) => name === type)?.[1].code
}

function cast(input: string, output: string, to: string): object {
  return {
    opType: 'Cast',
    input: [input],
    output: [output],
    attribute: [{ name: 'to', type: INT_ATTRIBUTE, i: codeOf(to) }],
  }
}

/** The same values in the wider type; a tensor of another type as it is. */
export function widenTensor<Named extends Tensor>(tensor: Named): Named {
  return { ...tensor, ...castTensor(tensor, widerTypes[tensor.type] ?? tensor.type, tensor.type) }
}
