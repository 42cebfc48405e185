import type { DuplicateKind, ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'
import { type Bits, emptyBits, intersect, listBits, unite } from '../search/bits.ts'
import type { SearchPiece } from '../search/search-text.ts'
import { findTexts } from '../search/text-index.ts'
import { findUuids, keepRange, type NumberColumn } from './columns.ts'
import { findDuplicates, findDuplicatesOf, findFile } from './duplicates.ts'
import { findFields } from './field-columns.ts'
import { type ListIndex, liveSlots } from './list-index.ts'
import { findValues, type ValueKind } from './value-lists.ts'

/** The live slots that pass every filter of the query and are found by every piece of its search. */
export function matchingSlots(index: ListIndex, query: ListingQuery, pieces: readonly SearchPiece[]): Bits {
  const { slots } = index
  const matches = liveSlots(index)
  const keep = (found: Bits) => intersect(matches, found)

  for (const [kind, value] of equalities(query)) {
    if (value !== undefined) keep(findValues(index.values, kind, [String(value)], slots))
  }
  if (query.Operator !== undefined) keep(usesOperator(index, query.Operator))
  if (query.Attention) keep(needsAttention(index))
  if (query.Catalogue !== undefined) keep(inCatalogues(index, [query.Catalogue]))
  if (query.LicensedCatalogue) keep(inCatalogues(index, query.LicensedCatalogue))
  if (query.Functions) keep(findUuids(index.columns, query.Functions, slots))
  if (query.Duplicates) keep(findDuplicates(index.duplicates, query.Duplicates, slots))
  if (query.Sha256 !== undefined) keep(findFile(index.duplicates, query.Sha256, slots))
  if (query.SameBytesAs !== undefined) keep(duplicatesOf(index, query.SameBytesAs, 'bytes'))
  if (query.SameStructureAs !== undefined) keep(duplicatesOf(index, query.SameStructureAs, 'structure'))
  for (const filter of query.fieldFilters ?? []) keep(findFields(index.fields, filter, slots))
  for (const piece of pieces) keep(foundBy(index, piece))
  for (const [column, range] of ranges(query)) if (range) keepRange(index.columns[column], range, matches)
  return matches
}

function equalities(query: ListingQuery) {
  return [
    ['status', query.Status],
    ['source', query.SourceName],
    ['source-url', query.SourceUrl],
    ['device', query.RuntimeArch],
    ['input', query.InputProperty],
    ['output', query.OutputProperty],
    ['starred', query.Starred],
    ['runs', query.Runs],
    ['failure', query.RunsFailure],
    ['linked', query.Linked],
  ] satisfies [ValueKind, string | boolean | undefined][]
}

function ranges({ Size, Width, Height, Opset }: ListingQuery) {
  return [
    ['size', Size],
    ['width', Width],
    ['height', Height],
    ['opset', Opset],
  ] satisfies [NumberColumn, ListingQuery['Size']][]
}

/** People write `conv`, files `Conv`. */
function usesOperator({ values, slots }: ListIndex, operator: string): Bits {
  const wanted = operator.toLowerCase()
  const types = [...(values.lists.get('operator')?.keys() ?? [])].filter((type) => type.toLowerCase() === wanted)
  return findValues(values, 'operator', types, slots)
}

function needsAttention({ values, slots }: ListIndex): Bits {
  const found = findValues(values, 'status', ['error'], slots)
  unite(found, findValues(values, 'runs', ['false'], slots))
  return found
}

function duplicatesOf(index: ListIndex, uuid: string, kind: DuplicateKind): Bits {
  const { columns, duplicates, slots } = index
  const wanted = findUuids(columns, [uuid], slots)
  intersect(wanted, liveSlots(index))
  const [slot] = listBits(wanted)
  return slot === undefined ? emptyBits(slots) : findDuplicatesOf(duplicates, slot, kind, slots)
}

function inCatalogues({ values, slots }: ListIndex, uuids: readonly string[]): Bits {
  const found = findValues(values, 'catalogue', uuids, slots)
  if (uuids.includes(NIL_UUID)) unite(found, findValues(values, 'uncatalogued', [''], slots))
  return found
}

/** Functions in which all words of the piece stand, or whose UUID begins with it. */
function foundBy({ texts, columns, slots }: ListIndex, { words, uuid }: SearchPiece): Bits {
  const [first = '', ...rest] = words
  const found = findTexts(texts, first, slots)
  for (const word of rest) intersect(found, findTexts(texts, word, slots))
  if (uuid !== null) unite(found, findUuids(columns, [uuid], slots))
  return found
}
