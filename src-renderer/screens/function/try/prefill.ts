import type { GraphValue } from '../../../../src-contract/inspection.ts'
import type { InputChoice } from './input-choice.ts'

/** A form as it can be sent: where each input's values come from, and the sizes of the symbols. */
export type Form = { choices: Readonly<Record<string, InputChoice>>; dimensions: Readonly<Record<string, number>> }

const RATE = 16_000
/** 32 ms of sound at 16 kHz, the window that speech models commonly take. */
const WINDOW = 512
const SIDE = 224

const isRate = ({ Name }: GraphValue) => /^(sr|sample_?rate|sampling_?rate)$/i.test(Name)
const isOpen = (size: number | string | null | undefined) => typeof size !== 'number'

/** Settings of text generation, which only make sense together. */
const settings: Record<string, number> = {
  max_length: 20,
  min_length: 1,
  num_beams: 2,
  num_return_sequences: 1,
  length_penalty: 1,
  repetition_penalty: 1,
  temperature: 1,
}

const nested = (value: number, rank: number): unknown => (rank === 0 ? value : [nested(value, rank - 1)])

/** The shape with its unnamed open sizes filled; undefined where there is none to fill. Symbols have sizes of their own. */
function shapeWith(
  input: GraphValue,
  dimensions: Form['dimensions'],
  fill: (axis: number, rank: number) => number,
): string | undefined {
  const { Shape } = input
  if (!Shape?.includes(null)) return undefined
  return Shape.map((size, axis) =>
    typeof size === 'string' ? (dimensions[size] ?? 1) : (size ?? fill(axis, Shape.length)),
  ).join('×')
}

/** Sizes that have to be more than 1 to make sense, by the names that exporters give them. */
function symbolSize(symbol: string, size: number): number {
  if (/batch|^n$|past|beam/i.test(symbol)) return 1
  if (/height|width|^h$|^w$/i.test(symbol)) return SIDE
  if (/seq|time|frame|length|^t$|^s$/i.test(symbol)) return Math.max(8, size)
  return size
}

/** Pictures want sides, sound wants samples and its rate, generation wants its settings; `size` is for whatever else is open. */
function formOf(inputs: readonly GraphValue[], symbols: readonly string[], size: number): Form {
  const dimensions = Object.fromEntries(symbols.map((symbol) => [symbol, symbolSize(symbol, size)]))
  const hasRate = inputs.some(isRate)
  const choices: Record<string, InputChoice> = {}
  for (const input of inputs) {
    const { Name, Shape } = input
    const setting = settings[Name]
    if (isRate(input)) choices[Name] = { kind: 'json', text: JSON.stringify(nested(RATE, Shape?.length ?? 0)) }
    else if (setting !== undefined && (Shape?.length ?? 0) <= 1)
      choices[Name] = { kind: 'json', text: JSON.stringify(nested(setting, Shape?.length ?? 0)) }
    else {
      const isSound = hasRate && Shape?.length === 2 && Shape.every(isOpen)
      const isPicture = Shape?.length === 4 && (Shape[1] === 1 || Shape[1] === 3 || Shape[3] === 3)
      const shape = shapeWith(input, dimensions, (axis, rank) => {
        if (isSound) return axis === 1 ? WINDOW : 1
        if (axis === 0) return 1
        if (isPicture) return SIDE
        // The state of a recurrent network is layers × batch × width.
        return hasRate && rank === 3 && axis === 1 ? 1 : size
      })
      choices[Name] = { kind: 'random', seed: 0, ...(shape !== undefined && { shape }) }
    }
  }
  return { choices, dimensions }
}

/**
 * Forms to be tried one after the other until one runs: what the names and shapes suggest, then larger sizes for what is open, since
 * many models refuse sizes of 1.
 */
export function prefilled(inputs: readonly GraphValue[], symbols: readonly string[]): [Form, ...Form[]] {
  const first = formOf(inputs, symbols, 1)
  const isOpenAtAll = inputs.some(({ Shape }) => Shape === null || Shape.some(isOpen))
  return isOpenAtAll ? [first, ...[8, 64, WINDOW].map((size) => formOf(inputs, symbols, size))] : [first]
}
