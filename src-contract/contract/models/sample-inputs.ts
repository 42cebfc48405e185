import { isAttentionMask, symbolicSizes } from '../../util/symbolic-sizes.ts'
import type { GraphValue } from './inspection.ts'
import type { RunInput } from './run.ts'

/** Inputs that a model may run on; an attention mask is left to the runtime, which makes it all ones. `Shape` stands with `Random` where the model leaves sizes open that have no name. */
export type SampleInputs = { Inputs: Record<string, RunInput>; Dimensions: Record<string, number> }

const RATE = 16_000
/** 32 ms of sound at 16 kHz, the window that speech models commonly take. */
const WINDOW = 512
/** The side of the pictures that classifiers commonly take, in pixels. */
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

/** Sizes that have to be more than 1 to make sense, by the names that exporters give them. */
function symbolSize(symbol: string, hasRate: boolean, size: number): number {
  if (/batch|^n$|past|beam/i.test(symbol)) return 1
  if (/height|width|^h$|^w$/i.test(symbol)) return SIDE
  if (/sample|wave|audio/i.test(symbol)) return Math.max(WINDOW, size)
  // Where a rate is asked for, what goes on in time is sound.
  if (/seq|time|frame|length|^t$|^s$/i.test(symbol)) return Math.max(hasRate ? WINDOW : 8, size)
  return size
}

/** What goes into an open axis without a name: a side of a picture, samples of sound, one batch, else `size`. */
function axisSize({ Shape }: GraphValue, axis: number, hasRate: boolean, size: number): number {
  const rank = Shape?.length ?? 0
  if (hasRate && rank === 2 && Shape?.every(isOpen)) return axis === 1 ? WINDOW : 1
  if (axis === 0) return 1
  if (rank === 4 && (Shape?.[1] === 1 || Shape?.[1] === 3 || Shape?.[3] === 3)) return SIDE
  // The state of a recurrent network is layers × batch × width.
  return hasRate && rank === 3 && axis === 1 ? 1 : size
}

function sampleInput(
  input: GraphValue,
  dimensions: SampleInputs['Dimensions'],
  hasRate: boolean,
  size: number,
): RunInput {
  const { Name, Shape } = input
  const rank = Shape?.length ?? 0
  if (isRate(input)) return { Data: nested(RATE, rank) }
  const setting = Object.hasOwn(settings, Name) ? settings[Name] : undefined
  if (setting !== undefined && rank <= 1) return { Data: nested(setting, rank) }
  if (!Shape?.includes(null)) return { Random: 0 }
  const sizes = Shape.map((one, axis) =>
    typeof one === 'string' ? (dimensions[one] ?? 1) : (one ?? axisSize(input, axis, hasRate, size)),
  )
  return { Random: 0, Shape: sizes }
}

/**
 * What to try a model on, one after the other until it runs: what the names and shapes of its inputs suggest, then larger sizes for
 * what is open, since many models refuse sizes of 1. `inputs` are those without a stored default.
 */
export function sampleInputs(inputs: readonly GraphValue[]): [SampleInputs, ...SampleInputs[]] {
  const hasRate = inputs.some(isRate)
  const withSize = (size: number): SampleInputs => {
    const { sizes } = symbolicSizes(inputs, new Map(), (symbol) => symbolSize(symbol, hasRate, size))
    const Dimensions = Object.fromEntries(sizes)
    const Inputs = inputs
      .filter(({ Name, Shape }) => !isAttentionMask(Name) || Shape === null || Shape.includes(null))
      .map((input) => [input.Name, sampleInput(input, Dimensions, hasRate, size)])
    return { Inputs: Object.fromEntries(Inputs), Dimensions }
  }
  const isOpenAtAll = inputs.some(({ Shape }) => Shape === null || Shape.some(isOpen))
  return isOpenAtAll ? [withSize(1), withSize(8), withSize(64), withSize(WINDOW)] : [withSize(1)]
}
