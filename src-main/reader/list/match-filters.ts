import type { DuplicateKind, ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'
import { type Bits, emptyBits, intersect, listBits, subtract, unite } from '../search/bits.ts'
import { readSearch, type SearchPiece } from '../search/search-text.ts'
import { findTexts, type TextIndex } from '../search/text-index.ts'
import type { CatalogueNames } from './catalogue-names.ts'
import { findUuids, keepPaths, keepRange, type NumberColumn } from './columns.ts'
import { findDuplicates, findDuplicatesOf, findFile } from './duplicates.ts'
import { findFields, haveField } from './field-columns.ts'
import { type ListIndex, liveSlots } from './list-index.ts'
import { findValues, type ValueKind } from './value-lists.ts'

/**
 * The live slots that pass every filter of the query and none that it excludes, and are found by every piece of its search.
 * @param catalogues by name
 */
export function matchingSlots(
  index: ListIndex,
  query: ListingQuery,
  pieces: readonly SearchPiece[],
  catalogues: CatalogueNames,
): Bits {
  const { slots } = index
  const matches = liveSlots(index)
  const keep = (found: Bits) => intersect(matches, found)

  for (const [kind, value] of equalities(query)) {
    if (value !== undefined) keep(findValues(index.values, kind, [String(value)], slots))
  }
  if (query.Operator !== undefined) keep(findWritten(index, ['operator'], query.Operator))
  if (query.Source !== undefined) keep(findWritten(index, ['source-kind', 'source'], query.Source))
  if (query.Licence !== undefined) keep(findWritten(index, ['licence'], query.Licence))
  for (const tag of query.Tag ?? []) keep(findWritten(index, ['tag'], tag))
  if (query.Attention) keep(needsAttention(index))
  if (query.Catalogue !== undefined) keep(inCatalogues(index, [query.Catalogue]))
  if (query.LicensedCatalogue) keep(inCatalogues(index, query.LicensedCatalogue))
  if (query.Functions) keep(findUuids(index.columns, query.Functions, slots))
  if (query.Duplicates) {
    const found = findDuplicates(index.duplicates, query.Duplicates, slots)
    // Equal files of a folder are one function with several paths.
    if (query.Duplicates !== 'structure') unite(found, findValues(index.values, 'copies', [''], slots))
    keep(found)
  }
  if (query.Sha256 !== undefined) {
    const found = findFile(index.duplicates, query.Sha256, slots)
    unite(found, findValues(index.values, 'model-file', [query.Sha256], slots))
    keep(found)
  }
  if (query.SameBytesAs !== undefined) keep(duplicatesOf(index, query.SameBytesAs, 'bytes'))
  if (query.SameStructureAs !== undefined) keep(duplicatesOf(index, query.SameStructureAs, 'structure'))
  for (const filter of query.fieldFilters ?? []) keep(findFields(index.fields, filter, slots))
  for (const { part, present } of query.parts ?? []) {
    const having = part.startsWith('Field.')
      ? haveField(index.fields, part.slice('Field.'.length), slots)
      : findValues(index.values, 'part', [part], slots)
    if (present) keep(having)
    else subtract(matches, having)
  }
  for (const piece of pieces) keep(foundBy(index, searched(index, query), piece, catalogues))
  if (query.Path !== undefined) keepPaths(index.columns, query.Path, matches)
  for (const [column, range] of ranges(query)) if (range) keepRange(index.columns[column], range, matches)
  for (const one of query.excluded ?? [])
    subtract(matches, matchingSlots(index, one, readSearch(one.q ?? ''), catalogues))
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

function ranges({ Size, Width, Height, Opset, InsertedSince, UpdatedSince }: ListingQuery) {
  const since = (minimum: number | undefined) => (minimum === undefined ? undefined : { minimum, maximum: null })
  return [
    ['size', Size],
    ['width', Width],
    ['height', Height],
    ['opset', Opset],
    ['inserted', since(InsertedSince)],
    ['updated', since(UpdatedSince)],
  ] satisfies [NumberColumn | 'inserted' | 'updated', ListingQuery['Size']][]
}

/** What has a value in whatever case: people write `conv`, files `Conv`. */
function findWritten({ values, slots }: ListIndex, kinds: readonly ValueKind[], text: string): Bits {
  const wanted = text.trim().toLowerCase()
  const found = emptyBits(slots)
  for (const kind of kinds) {
    const written = [...(values.lists.get(kind)?.keys() ?? [])].filter((value) => value.toLowerCase() === wanted)
    unite(found, findValues(values, kind, written, slots))
  }
  return found
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

/** What a search looks through. */
export function searched({ texts, places }: ListIndex, { hidesPaths }: ListingQuery): readonly TextIndex[] {
  return hidesPaths ? [texts] : [texts, places]
}

/** Functions that have all words of the piece, in their texts or in the name of a catalogue, or whose UUID begins with it. */
function foundBy(
  { columns, values, slots }: ListIndex,
  texts: readonly TextIndex[],
  { words, uuid }: SearchPiece,
  catalogues: CatalogueNames,
): Bits {
  const [first, ...rest] = words.map((word) => {
    const found = emptyBits(slots)
    for (const index of texts) unite(found, findTexts(index, word, slots))
    unite(found, findValues(values, 'catalogue', catalogues.find(word), slots))
    return found
  })
  const found = first ?? emptyBits(slots)
  for (const other of rest) intersect(found, other)
  if (uuid !== null) unite(found, findUuids(columns, [uuid], slots))
  return found
}
