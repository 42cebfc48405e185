import { duration } from '../../../../lib/format/quantity.ts'

/** A time of a run, which may be far below a millisecond. @param milliseconds how long it took */
export function fineDuration(milliseconds: number): string {
  if (milliseconds >= 10) return duration(milliseconds)
  if (milliseconds >= 1) return `${milliseconds.toFixed(1)} ms`
  return `${Math.round(milliseconds * 1_000)} µs`
}
