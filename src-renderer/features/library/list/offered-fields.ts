import type { FieldInUse } from '../../../../src-contract/contract/functions/field-in-use.ts'

export type OfferedField = Pick<FieldInUse, 'Name' | 'Count'> & { chosen: boolean }

/** So many are drawn at once. */
const DRAWN = 100

/**
 * The fields that a menu offers as columns, by name: those in use, and chosen ones that no model has any more.
 * @returns how many there are in `all`, what is shown of those with `typed` in their name, and how many `more` of these there are
 */
export function offeredFields(
  inUse: readonly Pick<FieldInUse, 'Name' | 'Count'>[],
  chosen: readonly string[],
  typed: string,
): { all: number; shown: OfferedField[]; more: number } {
  const known = new Set(inUse.map(({ Name }) => Name))
  const isChosen = new Set(chosen)
  const all = [...inUse, ...chosen.filter((Name) => !known.has(Name)).map((Name) => ({ Name, Count: 0 }))]
    .map(({ Name, Count }) => ({ Name, Count, chosen: isChosen.has(Name) }))
    .sort((one, other) => one.Name.localeCompare(other.Name))
  const text = typed.trim().toLowerCase()
  const found = all.filter(({ Name }) => Name.toLowerCase().includes(text))
  // What is chosen can always be let go of, however far down it stands.
  const cut = [...found.filter((field) => field.chosen), ...found.filter((field) => !field.chosen)].slice(0, DRAWN)
  const shown = found.length > DRAWN ? cut : found
  return { all: all.length, shown, more: found.length - shown.length }
}
