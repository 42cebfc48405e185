import type { GraphValue, Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import { RunInput, type RunRequest } from '../../../../../src-contract/contract/models/run.ts'
import { type SizedInput, symbolicSizes } from '../../../../../src-contract/util/symbolic-sizes.ts'

/** Where the values of an input come from. */
export type InputChoice =
  | { kind: 'random'; seed: number; shape?: string }
  | { kind: 'zeros'; shape?: string }
  | { kind: 'json'; text: string }
  /** `note` says what was done to the values that the file holds; a picture is there to be seen. */
  | { kind: 'file'; name: string; input: RunInput; note: string; thumbnail?: ImageBitmap }

/** More values than this are not typed by hand. */
const MOST_TYPED = 64

/** Something that runs at once: the same random values every time. */
export const firstChoice: InputChoice = { kind: 'random', seed: 0 }

/** The inputs that a run asks for. */
export const askedInputs = (report: Pick<Inspection, 'Inputs'>): GraphValue[] =>
  report.Inputs.filter((input) => !input.Initialized)

/** The symbols that need a size, in the order in which the inputs' shapes have them; others follow from these. */
export const symbolsOf = (inputs: readonly SizedInput[]): string[] => symbolicSizes(inputs, new Map()).free

/** What was typed for an input, as the API takes it. @throws Error with a sentence */
function readJson(name: string, text: string): RunInput {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error(`The values of ${name} are not valid JSON.`)
  }
  // A whole object of the API, or just the values.
  const whole = RunInput.safeParse(value)
  return whole.success ? whole.data : { Data: value }
}

/** Whether a size is open without even a name, so that only the person can say it. */
export const hasOpenAxis = (input: GraphValue): boolean => input.Shape === null || input.Shape.includes(null)

/** A shape as people type it: `1×512`, `1 512`, `1,512`. @throws Error with a sentence */
export function readShape(name: string, text: string): number[] {
  const sizes = text.split(/[\s,×x*]+/).filter((part) => part !== '')
  if (sizes.some((size) => !/^\d+$/.test(size))) throw new Error(`The shape of ${name} must be sizes such as 1×512.`)
  return sizes.map(Number)
}

/** The smallest shape that fits: 1 for whatever is open. Symbols have a size of their own. */
export function smallestShape(input: GraphValue, dimensions: Readonly<Record<string, number>>): string {
  return (input.Shape ?? []).map((size) => (typeof size === 'string' ? (dimensions[size] ?? 1) : (size ?? 1))).join('×')
}

const shapeOf = (name: string, shape: string | undefined) =>
  shape === undefined || shape.trim() === '' ? {} : { Shape: readShape(name, shape) }

function runInput(name: string, choice: InputChoice): RunInput {
  switch (choice.kind) {
    case 'random':
      return { Random: choice.seed, ...shapeOf(name, choice.shape) }
    case 'zeros':
      return { Zeros: true, ...shapeOf(name, choice.shape) }
    case 'json':
      return readJson(name, choice.text)
    case 'file':
      return choice.input
  }
}

/** More text than this is not kept with a job. */
const MOST_KEPT = 1_000_000

/** Whether a file's values are too many to be kept with a job. */
const isTooLong = (choice: InputChoice | undefined) =>
  choice?.kind === 'file' &&
  (typeof choice.input.Data === 'string' ? choice.input.Data : JSON.stringify(choice.input)).length > MOST_KEPT

/** A measurement of what the form stands for; where a file's values are too many to be kept with the job, random ones of its shape stand in. */
export function benchmarkInputs(choices: Readonly<Record<string, InputChoice>>): Record<string, RunInput> {
  return Object.fromEntries(
    Object.entries(choices).map(([name, choice]) => [
      name,
      choice.kind === 'file' && isTooLong(choice)
        ? { Random: 0, ...(choice.input.Shape && { Shape: choice.input.Shape }) }
        : runInput(name, choice),
    ]),
  )
}

/** Which values a measurement uses, in one sentence. */
export function benchmarkWords(choices: Readonly<Record<string, InputChoice>>): string {
  const files = Object.entries(choices).flatMap(([name, choice]) => (isTooLong(choice) ? [name] : []))
  const [first] = files
  const rest =
    first === undefined
      ? ''
      : `, and random values of the same shape in place of the ${files.length === 1 ? `file for ${first}` : 'files'}`
  return `Each run uses the values above, the same every time${rest}; the model is loaded once, in a separate process.`
}

/** Values to begin typing from: zeros of the smallest shape, or the rule that makes them where they are many. */
export function sampleJson(input: GraphValue, dimensions: Readonly<Record<string, number>>): string {
  const sizes = readShape(input.Name, smallestShape(input, dimensions))
  const count = sizes.reduce((product, size) => product * size, 1)
  if (count > MOST_TYPED) return JSON.stringify({ Shape: sizes, Zeros: true })
  const zero = input.ElementType === 'string' ? '' : input.ElementType === 'bool' ? false : 0
  const fill = (axis: number): unknown =>
    axis === sizes.length ? zero : Array.from({ length: sizes[axis] ?? 0 }, () => fill(axis + 1))
  return JSON.stringify(fill(0))
}

/** The sizes to send: those of symbols that given values have anyway are left to the values, and what follows from others to the runtime. */
export function toldDimensions(
  inputs: readonly Pick<GraphValue, 'Name' | 'Shape'>[],
  choices: Readonly<Record<string, InputChoice>>,
  dimensions: Readonly<Record<string, number>>,
): Record<string, number> {
  const given = inputs.filter(({ Name }) => choices[Name]?.kind === 'file' || choices[Name]?.kind === 'json')
  const had = new Set(given.flatMap(({ Shape }) => Shape ?? []))
  const asked = new Set(symbolsOf(inputs))
  return Object.fromEntries(Object.entries(dimensions).filter(([symbol]) => asked.has(symbol) && !had.has(symbol)))
}

/**
 * The inputs of a run with what ONNX Runtime does not tell of optional tensors: their type, and their shape where it is left to the model.
 */
export function withOptionals(
  given: Readonly<Record<string, RunInput>>,
  inputs: readonly GraphValue[],
  dimensions: Readonly<Record<string, number>>,
): Record<string, RunInput> {
  const told = inputs.flatMap((input): [string, RunInput][] => {
    const values = given[input.Name]
    if (input.Kind !== 'optional' || !values) return []
    const { ElementType = input.ElementType, Shape } = values
    const isMade = values.Data === undefined && Shape === undefined
    const made = isMade ? { Shape: readShape(input.Name, smallestShape(input, dimensions)) } : {}
    return [[input.Name, { ...values, ...made, ElementType }]]
  })
  return { ...given, ...Object.fromEntries(told) }
}

/** The request that the form stands for. @throws Error with a sentence where something cannot be read */
export function runRequest(
  choices: Readonly<Record<string, InputChoice>>,
  dimensions: Readonly<Record<string, number>>,
  inputs: readonly GraphValue[] = [],
): RunRequest {
  const given = Object.fromEntries(Object.entries(choices).map(([name, choice]) => [name, runInput(name, choice)]))
  return {
    Inputs: withOptionals(given, inputs, dimensions),
    ...(Object.keys(dimensions).length > 0 && { Dimensions: { ...dimensions } }),
  }
}
