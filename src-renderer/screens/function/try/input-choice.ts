import type { GraphValue, Inspection } from '../../../../src-contract/inspection.ts'
import { RunInput, type RunRequest } from '../../../../src-contract/run.ts'

/** Where the values of an input come from. */
export type InputChoice =
  | { kind: 'random'; seed: number; shape?: string }
  | { kind: 'zeros'; shape?: string }
  | { kind: 'json'; text: string }
  | { kind: 'file'; name: string; input: RunInput }

/** Something that runs at once: the same random values every time. */
export const firstChoice: InputChoice = { kind: 'random', seed: 0 }

/** The inputs that a run asks for. */
export const askedInputs = (report: Inspection): GraphValue[] => report.Inputs.filter((input) => !input.Initialized)

/** The symbols of the inputs' shapes, in the order in which they appear; each needs a size. */
export function symbolsOf(report: Inspection): string[] {
  const symbols = askedInputs(report).flatMap((input) => input.Shape ?? [])
  return [...new Set(symbols.filter((size) => typeof size === 'string'))]
}

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
  if (sizes.some((size) => !/^\d+$/.test(size))) throw new Error(`The shape of ${name} is sizes such as 1×512.`)
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

/** The request that the form stands for. @throws Error with a sentence where something cannot be read */
export function runRequest(
  choices: Readonly<Record<string, InputChoice>>,
  dimensions: Readonly<Record<string, number>>,
): RunRequest {
  return {
    Inputs: Object.fromEntries(Object.entries(choices).map(([name, choice]) => [name, runInput(name, choice)])),
    Dimensions: { ...dimensions },
  }
}
