import type { Fields } from '../../../src-contract/contract/functions/function.ts'

/** A typed text as the value it reads like: a number, yes or no, or a text. */
export function fieldValue(text: string): Fields[string] {
  const typed = text.trim()
  if (typed === 'true' || typed === 'false') return typed === 'true'
  // 007 and 1e999 are names of something, not numbers: only what is written back the same way counts as one.
  if (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(typed) && Number.isFinite(Number(typed))) return Number(typed)
  return typed
}
