import type { GraphValue } from '../../../../../src-contract/contract/models/inspection.ts'
import type { RunInput } from '../../../../../src-contract/contract/models/run.ts'
import { readNpy } from '../../../../../src-contract/util/npy.ts'
import { base64Of } from './base64.ts'

/** What numpy makes unless told otherwise, and the types of a model that such values are meant for. */
const conversions: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Float32Array | BigInt64Array | Int32Array> = {
  'double float': ({ buffer }) => Float32Array.from(new Float64Array(buffer)),
  'int32 int64': ({ buffer }) => BigInt64Array.from(new Int32Array(buffer), BigInt),
  'int64 int32': ({ buffer }) => {
    const values = new BigInt64Array(buffer)
    if (values.some((value) => value !== BigInt.asIntN(32, value)))
      throw new Error('It contains integers that are too large for int32, the type of this input.')
    return Int32Array.from(values, Number)
  },
}

const sizes = (shape: GraphValue['Shape']) =>
  shape?.length === 0 ? 'a scalar' : (shape ?? []).map((size) => size ?? '?').join('×')

/**
 * The values of a `.npy` file for an input: numpy's float64 and int32 as the float and int64 that most models take. `note` says what was
 * done to them.
 * @throws Error with a sentence where the file cannot be read or its values do not fit
 */
export function npyForInput(
  buffer: ArrayBuffer,
  input: Pick<GraphValue, 'Name' | 'Shape' | 'ElementType'>,
): { made: RunInput; note: string } {
  const { type, data, ...array } = readNpy(new Uint8Array(buffer), input.Name)
  const shape = [...array.shape]
  if (!(data instanceof Uint8Array)) throw new Error('It contains strings; .npy inputs must be numbers or bools.')
  const wanted = input.Shape
  if (
    wanted &&
    (wanted.length !== shape.length || wanted.some((size, axis) => typeof size === 'number' && size !== shape[axis]))
  )
    throw new Error(`It is ${sizes(shape)}, but ${input.Name} takes ${sizes(wanted)}.`)
  const convert = conversions[`${type} ${input.ElementType}`]
  if (!convert) return { made: { ElementType: type, Shape: shape, Data: base64Of(data) }, note: '' }
  const converted = base64Of(new Uint8Array(convert(data.slice()).buffer))
  return {
    made: { ElementType: input.ElementType, Shape: shape, Data: converted },
    note: `${type === 'double' ? 'float64' : type} as ${input.ElementType}`,
  }
}
