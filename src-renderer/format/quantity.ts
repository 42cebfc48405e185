import { groupedNumber } from '../../src-contract/human-number.ts'

/** Milliseconds as people say them: 0.4 ms, 18 ms, 1.2 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${Number(milliseconds.toFixed(1))} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_500) return `${Number((milliseconds / 1000).toFixed(1))} s`
  return `${Math.round(milliseconds / 60_000)} min`
}

/** "1 model", "1,284 models". */
export const plural = (amount: number, one: string, many = `${one}s`): string =>
  `${groupedNumber(amount)} ${amount === 1 ? one : many}`
