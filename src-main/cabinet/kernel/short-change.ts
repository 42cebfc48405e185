import type { FieldChange } from '../../../src-contract/contract/admin/event.ts'

/** Longest text of a value before and after that the audit log keeps and a list of revisions shows; the revision itself has it whole. */
const EXCERPT = 2_000

export function shortened({ Field, Before, After }: FieldChange): FieldChange {
  return { Field, Before: excerpt(Before), After: excerpt(After) }
}

function excerpt<Value>(value: Value): Value | string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : value
}
