import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'

type Digests = Pick<FunctionItem, 'ContentSha256' | 'StructureSha256'>

/** What the models of a group have in common. */
export type Grouping = 'StructureSha256' | 'ContentSha256'

/** What an order puts beside each other, where it is that by which it begins. */
export function groupingOf(order: string | undefined): Grouping | null {
  const [first] = order?.split(',') ?? []
  if (first === 'Structure' || first === '-Structure') return 'StructureSha256'
  return first === 'File' || first === '-File' ? 'ContentSha256' : null
}

/** How a model goes with the one above it: the first of a group, or what it shares with it. */
export type DuplicatePlace = 'first' | 'same bytes' | 'same structure'

/** The place of a model in its group; undefined where the model above is not known yet. @param above null for the first of the list */
export function duplicatePlace(
  grouping: Grouping,
  item: Digests,
  above: Digests | null | undefined,
): DuplicatePlace | undefined {
  if (above === undefined) return undefined
  if (above === null || item[grouping] === null || item[grouping] !== above[grouping]) return 'first'
  return item.ContentSha256 !== null && item.ContentSha256 === above.ContentSha256 ? 'same bytes' : 'same structure'
}
