import type { Fields } from '../../../src-contract/contract/functions/function.ts'

/** A typed text as the value it reads like: a number where that is written back the same way, yes or no, or a text. */
export function fieldValue(text: string): Fields[string] {
  const typed = text.trim()
  if (typed === 'true' || typed === 'false') return typed === 'true'
  // A version 1.10, a commit 1234e56 and an id of 18 digits would lose something as numbers.
  const number = Number(typed)
  return Number.isFinite(number) && String(number) === typed ? number : typed
}
