import { elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import type { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import type { ExternalFiles } from '../decode/external-data.ts'
import type { Model } from '../decode/model.ts'
import { inferenceScopes } from '../decode/scopes.ts'
import { type StoredTensor, storedTensors } from '../decode/stored-tensors.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { elementReader } from './read-elements.ts'
import { Externals, type Pieces, piecesOf } from './stored-values.ts'
import { SHOWN_VALUES, summariseNumbers } from './summarise-numbers.ts'
import { summariseTexts } from './summarise-texts.ts'
import { attributeValues } from './tensor-values.ts'

/** The values of a tensor are not what the model says of them, or not there: a sentence for a person. */
export class ValuesUnreadable extends Error {}

const noNumbers = {
  Zeros: null,
  NaNs: null,
  Infinities: null,
  Min: null,
  Max: null,
  Mean: null,
  StandardDeviation: null,
  Histogram: null,
}

/**
 * What the values of one stored tensor are like; null where the model has none of that name in that scope. Reads the values in pieces,
 * twice for numbers.
 * @throws {ValuesUnreadable} where they are missing, too few or of an unknown type
 * @throws {WireError} where the model is damaged
 */
export async function summariseTensor(
  source: ByteSource,
  model: Model,
  files: ExternalFiles,
  { scope, name }: { scope: string; name: string },
): Promise<TensorSummary | null> {
  const stored = storedTensors(inferenceScopes(model)).find((one) => one.scope === scope && one.name === name)
  if (!stored) return null
  const externals = new Externals(files)
  try {
    const pieces = await readerOf(stored, source, externals)
    return { Scope: scope, Name: name, ElementType: stored.tensor.elementType, ...summarise(stored, pieces) }
  } finally {
    externals.close()
  }
}

async function readerOf({ tensor, name, range }: StoredTensor, source: ByteSource, externals: Externals) {
  if (range !== null) return () => attributeValues(source, range)
  const pieces = await piecesOf(tensor, source, externals)
  if (pieces !== null) return pieces
  const location = tensor.external?.location ?? ''
  throw new ValuesUnreadable(`The values of ${name} are to be in ${location}, which is not there or too short.`)
}

function summarise({ tensor, name, count }: StoredTensor, pieces: Pieces) {
  const { elementType } = tensor
  const { bits, family } = elementTypeInfo(elementType)
  const reader = elementReader(elementType)
  const checked = (found: number) => {
    if (found === count) return found
    throw new ValuesUnreadable(`${name} holds ${found} values where its shape asks for ${count}.`)
  }
  if (elementType === 'string') {
    const { found, ...texts } = summariseTexts(pieces(), SHOWN_VALUES)
    return { Count: checked(found), ...noNumbers, ...texts }
  }
  if (reader === null || bits === null)
    throw new ValuesUnreadable(`${name} is of a type that this program does not know.`)
  const isWhole = family === 'integer' || family === 'bool'
  const { found, summary } = summariseNumbers(pieces, { reader, bits, count }, isWhole)
  return { Count: checked(found), ...summary, Distinct: null }
}
