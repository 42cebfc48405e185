import { NIL_UUID } from '../../../src-contract/identifiers.ts'
import type { ListingQuery } from '../../../src-contract/listing.ts'
import { type Bits, intersect, unite } from '../search/bits.ts'
import type { SearchPiece } from '../search/search-text.ts'
import type { NumberColumn } from './columns.ts'
import type { ListIndex } from './list-index.ts'
import type { ValueKind } from './value-lists.ts'

/** The live slots that pass every filter of the query and are found by every piece of its search. */
export function matchingSlots(index: ListIndex, query: ListingQuery, pieces: readonly SearchPiece[]): Bits {
  const matches = index.live()
  const keep = (found: Bits) => intersect(matches, found)
  const { slots } = index

  for (const [kind, values] of equalities(query)) keep(index.values.find(kind, values, slots))
  for (const uuids of [query.Catalogue === undefined ? undefined : [query.Catalogue], query.LicensedCatalogue]) {
    if (uuids) keep(inCatalogues(index, uuids))
  }
  if (query.Functions) keep(index.columns.named(query.Functions, slots))
  if (query.Duplicates) keep(index.twins.find(query.Duplicates, slots))
  for (const filter of query.fieldFilters ?? []) keep(index.fields.find(filter, slots))
  for (const piece of pieces) keep(foundBy(index, piece))
  for (const [column, range] of ranges(query)) if (range) index.columns.keepRange(column, range, matches)
  return matches
}

function equalities(query: ListingQuery): [ValueKind, string[]][] {
  const asked: [ValueKind, string | boolean | undefined][] = [
    ['status', query.Status],
    ['source', query.SourceName],
    ['source-url', query.SourceUrl],
    ['device', query.RuntimeArch],
    ['input', query.InputProperty],
    ['output', query.OutputProperty],
    ['operator', query.Operator],
    ['starred', query.Starred],
    ['runs', query.Runs],
    ['linked', query.Linked],
  ]
  return asked.flatMap(([kind, value]) => (value === undefined ? [] : [[kind, [String(value)]]]))
}

function ranges({ Size, Width, Height, Opset }: ListingQuery) {
  return [
    ['size', Size],
    ['width', Width],
    ['height', Height],
    ['opset', Opset],
  ] satisfies [NumberColumn, ListingQuery['Size']][]
}

function inCatalogues(index: ListIndex, uuids: readonly string[]): Bits {
  const found = index.values.find('catalogue', uuids, index.slots)
  if (uuids.includes(NIL_UUID)) unite(found, index.values.find('uncatalogued', [''], index.slots))
  return found
}

/** Functions in which all words of the piece stand, or whose UUID begins with it. */
function foundBy(index: ListIndex, { words, uuid }: SearchPiece): Bits {
  const [first = '', ...rest] = words
  const found = index.texts.find(first, index.slots)
  for (const word of rest) intersect(found, index.texts.find(word, index.slots))
  if (uuid !== null) unite(found, index.columns.named([uuid], index.slots))
  return found
}
