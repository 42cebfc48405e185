import type { TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { type ElementReader, jsonInteger, jsonNumber } from './read-elements.ts'

/** Steps of a histogram, and the values that are shown. */
const STEPS = 48
export const SHOWN_VALUES = 64
/** Bytes that are looked at together; a multiple of every element's size. */
const BLOCK = 64 * 1024

export type NumberSummary = Pick<
  TensorSummary,
  'Zeros' | 'NaNs' | 'Infinities' | 'Min' | 'Max' | 'Mean' | 'StandardDeviation' | 'Histogram' | 'Values'
>

type Pieces = () => Iterable<Uint8Array>
type Elements = { reader: ElementReader; bits: number; count: number }

/**
 * Calls `visit` with blocks of whole elements, up to `count` of them; elements may be cut by the pieces' ends.
 * @returns how many elements the pieces hold; those after `count` are counted and not visited
 */
function forEachBlock(
  pieces: Iterable<Uint8Array>,
  { bits, count }: Pick<Elements, 'bits' | 'count'>,
  visit: (view: DataView, elements: number) => void,
): number {
  const block = new Uint8Array(BLOCK)
  const view = new DataView(block.buffer)
  let filled = 0
  let bytes = 0
  let left = count
  const give = () => {
    const elements = Math.min(left, Math.floor((filled * 8) / bits))
    if (elements > 0) visit(view, elements)
    left -= elements
    filled = 0
  }
  for (const piece of pieces) {
    bytes += piece.length
    for (let at = 0; at < piece.length && left > 0; ) {
      const taken = Math.min(BLOCK - filled, piece.length - at)
      block.set(piece.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled === BLOCK) give()
    }
  }
  give()
  // The last byte of packed elements may be half used.
  const whole = Math.floor((bytes * 8) / bits)
  return bits < 8 && whole - count < 8 / bits && whole > count ? count : whole
}

/** What one look at all values tells. */
class Totals {
  zeros = 0
  nans = 0
  positive = 0
  negative = 0
  finite = 0
  mean = 0
  min = Number.POSITIVE_INFINITY
  max = Number.NEGATIVE_INFINITY
  exactMin: bigint | null = null
  exactMax: bigint | null = null
  readonly values: TensorSummary['Values'] = []

  add(view: DataView, elements: number, reader: ElementReader): void {
    for (let index = 0; index < elements && this.values.length < SHOWN_VALUES; index += 1)
      this.values.push(reader.shown(view, index))
    let sum = 0
    let finite = 0
    for (let index = 0; index < elements; index += 1) {
      const value = reader.number(view, index)
      if (Number.isNaN(value)) this.nans += 1
      else if (value === Number.POSITIVE_INFINITY) this.positive += 1
      else if (value === Number.NEGATIVE_INFINITY) this.negative += 1
      else {
        finite += 1
        sum += value
        if (value === 0) this.zeros += 1
        if (value < this.min) this.min = value
        if (value > this.max) this.max = value
      }
    }
    this.finite += finite
    if (finite > 0) this.mean += (sum / finite - this.mean) * (finite / this.finite)
    if (reader.exact) this.#addExact(view, elements, reader.exact)
  }

  #addExact(view: DataView, elements: number, exact: NonNullable<ElementReader['exact']>): void {
    for (let index = 0; index < elements; index += 1) {
      const value = exact(view, index)
      if (this.exactMin === null || value < this.exactMin) this.exactMin = value
      if (this.exactMax === null || value > this.exactMax) this.exactMax = value
    }
  }
}

/** How far values lie from their mean, and how they are spread; needs what the first look told. */
class Spread {
  squares = 0
  readonly counts: number[]
  readonly from: number
  readonly to: number
  readonly #mean: number

  constructor({ min, max, mean }: Totals, isWhole: boolean) {
    const whole = isWhole && max - min < STEPS
    // Few whole numbers have a step each, around the number.
    this.from = whole ? min - 0.5 : min
    this.to = whole ? max + 0.5 : max
    this.counts = new Array<number>(whole ? max - min + 1 : min === max ? 1 : STEPS).fill(0)
    this.#mean = mean
  }

  add(view: DataView, elements: number, reader: ElementReader): void {
    const { counts } = this
    const last = counts.length - 1
    // Halves, since the whole width of float64's range is no float64.
    const start = this.from / 2
    const width = this.to / 2 - start
    let squares = 0
    for (let index = 0; index < elements; index += 1) {
      const value = reader.number(view, index)
      if (!Number.isFinite(value)) continue
      squares += (value - this.#mean) ** 2
      const step = width > 0 ? Math.min(last, Math.floor(((value / 2 - start) / width) * counts.length)) : 0
      counts[step] = (counts[step] ?? 0) + 1
    }
    this.squares += squares
  }
}

/**
 * What the values of a tensor of numbers are like, in two looks at the bytes and constant memory.
 * @returns also how many elements were found, which may differ from what the model says
 */
export function summariseNumbers(
  pieces: Pieces,
  elements: Elements,
  isWhole: boolean,
): { found: number; summary: NumberSummary } {
  const { reader } = elements
  const totals = new Totals()
  const found = forEachBlock(pieces(), elements, (view, count) => totals.add(view, count, reader))
  const { zeros, nans, positive, negative, finite, mean, min, max, exactMin, exactMax, values } = totals
  const counted = { Zeros: zeros, NaNs: nans, Infinities: { Positive: positive, Negative: negative }, Values: values }
  if (finite === 0)
    return {
      found,
      summary: { ...counted, Min: null, Max: null, Mean: null, StandardDeviation: null, Histogram: null },
    }
  const spread = new Spread(totals, isWhole)
  forEachBlock(pieces(), elements, (view, count) => spread.add(view, count, reader))
  return {
    found,
    summary: {
      ...counted,
      Min: exactMin === null ? jsonNumber(min) : jsonInteger(exactMin),
      Max: exactMax === null ? jsonNumber(max) : jsonInteger(exactMax),
      Mean: jsonNumber(mean),
      StandardDeviation: jsonNumber(Math.sqrt(spread.squares / finite)),
      Histogram: { From: spread.from, To: spread.to, Counts: spread.counts },
    },
  }
}
