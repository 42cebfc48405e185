import type { Range } from './range.ts'

/**
 * A filter on a custom field (contract.md 6): a number matches by `range`, a text or a truth value by `text`. A text that reads as a
 * number, such as `1.10`, is in a range too.
 */
export type FieldFilter = { name: string; range: Range | null; text: string }

const signed = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const one = new RegExp(`^${signed}$`)
const between = new RegExp(String.raw`^(${signed})?\s*-\s*(${signed})?$`)
const comparison = /^[<>=≤≥]+\s*[+-]?\.?\d/

/**
 * Reads `Field.<name>=<text>`: `0.9-`, `-0.9`, `0.8-0.9` and `0.9` are ranges of numbers, and every text is also matched as it is.
 * Bounds may be negative; as everywhere, `-0.5` means at most 0.5, and `--0.5` at most -0.5. Null for a comparison such as `>0.9`, which
 * would find nothing.
 */
export function readFieldFilter(name: string, text: string): FieldFilter | null {
  return comparison.test(text.trim()) ? null : { name, range: fieldRange(text.trim()), text }
}

function fieldRange(text: string): Range | null {
  if (one.test(text) && !text.startsWith('-')) return { minimum: Number(text), maximum: Number(text) }
  const [found, from, to] = between.exec(text) ?? []
  if (found === undefined || (from === undefined && to === undefined)) return null
  return { minimum: from === undefined ? null : Number(from), maximum: to === undefined ? null : Number(to) }
}

const anyNumber = new RegExp(`^[+]?${signed}$`)

/** The number that a text reads as, to compare by; NaN for any other. */
export function numberOf(text: string): number {
  const number = anyNumber.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : Number.NaN
}
