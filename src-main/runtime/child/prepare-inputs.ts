import type { InferenceSession } from 'onnxruntime-node'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { RunInput } from '../../../src-contract/contract/models/run.ts'
import { isAttentionMask, symbolicSizes } from '../../../src-contract/util/symbolic-sizes.ts'
import { showShape, TENSOR_LIMIT, type Tensor } from '../../../src-contract/util/tensor.ts'
import { castTensor } from '../tensor/cast-tensor.ts'
import { onesTensor, randomTensor, zeroTensor } from '../tensor/make-tensor.ts'
import { tensorFromJson } from '../tensor/tensor-from-json.ts'
import { elementTypeOfName } from '../tensor/type-name.ts'
import { typeOfOrt } from './exchange-tensor.ts'
import { symbolOf } from './symbol-of.ts'

/** An input as given: by a rule or values in JSON, or as an array from a file. */
export type GivenInput = { json: RunInput } | { array: Tensor }

export type PreparedInputs = { tensors: Map<string, Tensor>; dimensions: Record<string, number> }

type Metadata = InferenceSession.ValueMetadata

/**
 * Makes every input that the model wants: what was given, checked against the signature, and ones for an attention mask, and random values for the rest.
 * An open dimension is what `dimensions` says of its symbol, else what a given input has there, else what follows from others,
 * else 1.
 * @throws Problem invalid that names the input and what the model wants
 */
export function prepareInputs(
  wanted: readonly Metadata[],
  given: ReadonlyMap<string, GivenInput>,
  dimensions: Readonly<Record<string, number>>,
): PreparedInputs {
  const names = wanted.map(({ name }) => name)
  for (const name of given.keys()) {
    if (!names.includes(name)) throw new Problem('invalid', unknownInput(name, names), { field: `Inputs.${name}` })
  }
  const symbols = resolveSymbols(wanted, given, dimensions)
  const tensors = new Map<string, Tensor>()
  let left = TENSOR_LIMIT
  for (const metadata of wanted) {
    const tensor = prepare(metadata, given.get(metadata.name), symbols)
    left -= tensor.data.length
    if (left < 0) throw new Problem('too-large', 'The inputs take more than 1 GiB in total.')
    tensors.set(metadata.name, tensor)
  }
  return { tensors, dimensions: Object.fromEntries(symbols) }
}

function unknownInput(name: string, names: readonly string[]): string {
  const listed = names.map((known) => `"${known}"`).join(', ')
  return `The model has no input "${name}". ${names.length === 0 ? 'It has none at all.' : `It has ${listed}.`}`
}

/** Every open size of the inputs by its symbol, and those of the symbols that it is an expression of. */
function resolveSymbols(
  wanted: readonly Metadata[],
  given: ReadonlyMap<string, GivenInput>,
  dimensions: Readonly<Record<string, number>>,
): Map<string, number> {
  const known = new Map<string, number>()
  const inputs = wanted
    .filter((metadata) => metadata.isTensor)
    .map((metadata) => {
      const shape = givenShape(given.get(metadata.name))
      const Shape = metadata.shape.map((size, axis) => {
        const symbol = symbolOf(metadata, axis)
        const sizeThere = shape?.[axis]
        if (symbol !== null && sizeThere !== undefined) known.set(symbol, sizeThere)
        return symbol ?? size
      })
      return { Name: metadata.name, Shape }
    })
  for (const [symbol, size] of Object.entries(dimensions)) known.set(symbol, size)
  const { sizes } = symbolicSizes(inputs, known)
  for (const symbol of Object.keys(dimensions)) {
    if (sizes.has(symbol)) continue
    const names = sizes.size === 0 ? 'It has none.' : `It has ${[...sizes.keys()].join(', ')}.`
    throw new Problem('invalid', `No input of the model has a dimension "${symbol}". ${names}`, {
      field: `Dimensions.${symbol}`,
    })
  }
  return sizes
}

function givenShape(given: GivenInput | undefined): readonly number[] | undefined {
  if (given === undefined) return undefined
  if ('array' in given) return given.array.shape
  if (given.json.Shape !== undefined) return given.json.Shape
  const shape: number[] = []
  for (let level = given.json.Data; Array.isArray(level) && shape.length < 32; level = level[0])
    shape.push(level.length)
  return shape.length === 0 ? undefined : shape
}

function prepare(metadata: Metadata, given: GivenInput | undefined, symbols: ReadonlyMap<string, number>): Tensor {
  const { name } = metadata
  const field = `Inputs.${name}`
  if (!metadata.isTensor) return prepareOther(name, given, field)
  const type = typeOfOrt(metadata.type)
  const shape = metadata.shape.map((size, axis) =>
    typeof size === 'number' ? size : (symbols.get(symbolOf(metadata, axis) ?? '') ?? 1),
  )
  if (given === undefined) {
    return isAttentionMask(name) ? onesTensor(type, shape, field) : randomTensor(type, shape, 0, name, field)
  }
  const tensor =
    'array' in given ? castTensor(given.array, type, field) : fromJson(given.json, name, type, shape, field)
  // ONNX Runtime tells no shape for a scalar, nor for an input of any rank: it checks those itself.
  const fits =
    metadata.shape.length === 0 ||
    (tensor.shape.length === metadata.shape.length &&
      metadata.shape.every((size, axis) => typeof size !== 'number' || size === tensor.shape[axis]))
  if (fits) return tensor
  throw new Problem(
    'invalid',
    `The input "${name}" has the shape ${showShape(tensor.shape)}, but the model expects ${showShape(metadata.shape)}.`,
    { field },
  )
}

function fromJson(
  { ElementType, Shape, Data, Random, Zeros }: RunInput,
  name: string,
  type: Tensor['type'],
  wantedShape: readonly number[],
  field: string,
): Tensor {
  if (ElementType !== undefined && elementTypeOfName(ElementType) !== type) {
    throw new Problem('invalid', `The input "${name}" is given as ${ElementType}, but the model expects ${type}.`, {
      field,
    })
  }
  if (Random !== undefined) return randomTensor(type, Shape ?? wantedShape, Random, name, field)
  if (Zeros) return zeroTensor(type, Shape ?? wantedShape, field)
  // Base64 tells no shape of its own, and a flat array only its length.
  const isFlat = typeof Data === 'string' || (Array.isArray(Data) && !Array.isArray(Data[0]))
  return tensorFromJson(Data, type, Shape ?? (isFlat && fillsShape(Data, wantedShape) ? wantedShape : undefined), field)
}

function fillsShape(data: unknown, shape: readonly number[]): boolean {
  return !Array.isArray(data) || data.length === shape.reduce((product, size) => product * size, 1)
}

/** An optional tensor takes a tensor; of what type, ONNX Runtime does not say beforehand. */
function prepareOther(name: string, given: GivenInput | undefined, field: string): Tensor {
  const wants = `The input "${name}" is not a plain tensor`
  if (given === undefined) {
    throw new Problem('invalid', `${wants}, so it cannot be generated; if it is an optional tensor, give its values.`, {
      field,
    })
  }
  if ('array' in given) return given.array
  const type = elementTypeOfName(given.json.ElementType ?? '')
  if (type === undefined) throw new Problem('invalid', `${wants}: its ElementType must be given.`, { field })
  return fromJson(given.json, name, type, [], field)
}
