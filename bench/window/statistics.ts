/** A share of the way through sorted values: 0.5 is the median, 1 the worst. NaN where there are none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`

/** The usual columns of a row: median, nearly worst, worst. */
export const spread = (values: readonly number[]): string[] =>
  [0.5, 0.99, 1].map((part) => milliseconds(quantile(values, part)))

export const ratio = (one: number, reference: number): string => `${(one / reference).toFixed(2)}×`
