import type { z } from 'zod'
import { elementTypeInfo, isElementType } from '../../../../../src-contract/contract/models/element-type.ts'
import type { RunOutput } from '../../../../../src-contract/contract/models/run.ts'

type Data = z.infer<typeof RunOutput>['Data']

/** What a person first wants to know of an output. Numbers that JSON has no word for count as not finite. */
export type OutputSummary = {
  values: (number | string | boolean)[]
  /** All of them as numbers, to be drawn; none for texts. */
  numbers: number[]
  count: number
  range: { minimum: number; mean: number; maximum: number } | null
  notFinite: number
  /** The largest values with their places, where the output looks like scores of classes. */
  best: { index: number; value: number }[]
}

const SHOWN = 200
const BEST = 5

function flatten(data: Data, into: (number | string | boolean)[]): void {
  if (Array.isArray(data)) for (const one of data) flatten(one, into)
  else if (data !== null && typeof data !== 'object') into.push(data)
}

/** Sums an output up. */
export function summarise(output: Pick<z.infer<typeof RunOutput>, 'Data' | 'Shape' | 'ElementType'>): OutputSummary {
  const all: (number | string | boolean)[] = []
  flatten(output.Data, all)
  const isText = output.ElementType === 'string'
  const numbers = isText ? [] : all.map(Number)
  const finite = numbers.filter(Number.isFinite)
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const value of finite) {
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
    sum += value
  }
  // One row of several values, whatever axes of 1 stand around it: scores of classes, most likely. Whole numbers are no scores.
  const isScore = isElementType(output.ElementType) && elementTypeInfo(output.ElementType).family === 'float'
  const classes =
    isScore && Math.max(1, ...output.Shape) === all.length && all.length >= 3 && finite.length === all.length
  return {
    values: all.slice(0, SHOWN),
    numbers,
    count: all.length,
    range: finite.length === 0 ? null : { minimum, mean: sum / finite.length, maximum },
    notFinite: numbers.length - finite.length,
    best: classes
      ? numbers
          .map((value, index) => ({ index, value }))
          .sort((left, right) => right.value - left.value)
          .slice(0, BEST)
      : [],
  }
}

/** A number short enough to be read: at most six digits that tell something. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(6)))
