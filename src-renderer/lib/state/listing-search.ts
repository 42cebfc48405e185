import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import { NIL_UUID } from '../../../src-contract/util/identifiers.ts'

/** What the list's address holds: the API's own parameters as text, but for paging. */
export type ListingSearch = { [name: string]: string | undefined; q?: string; OrderBy?: string }

/** Takes from an address what the API would accept; the rest is dropped, since people edit and shorten links. */
export function readListingSearch(raw: Record<string, unknown>): ListingSearch {
  const search: ListingSearch = {}
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value !== 'string' || value === '' || name === 'Offset' || name === 'Limit') continue
    if (FunctionListing.safeParse({ [name]: value }).success) search[name] = value
  }
  return search
}

/** The parameters that the list asks the API with: newest first, unless a search ranks or the person chose an order. */
export function filtersOf(search: ListingSearch): Record<string, string> {
  const filters: Record<string, string> = {}
  for (const [name, value] of Object.entries(search)) if (value !== undefined) filters[name] = value
  // Duplicates are looked at beside each other.
  if (!filters.q && !filters.OrderBy) filters.OrderBy = usualOrder(filters.Duplicates)
  return filters
}

/** Group duplicates, among them those of the same bytes. */
export const DUPLICATES_ORDER = 'Structure,File,-UpdatedAt'
export const SAME_BYTES_ORDER = 'File,-UpdatedAt'

function usualOrder(duplicates: string | undefined): string {
  if (duplicates === undefined) return '-UpdatedAt'
  return duplicates === 'bytes' ? SAME_BYTES_ORDER : DUPLICATES_ORDER
}

/** Whether every model of a list has something wrong with it. */
export const isOfTrouble = ({ Attention, Runs, RunsFailure, Status }: ListingSearch): boolean =>
  Attention !== undefined || RunsFailure !== undefined || Runs === 'false' || Status === 'error'

const asText = (search: ListingSearch) => JSON.stringify(Object.entries(filtersOf(search)).sort())

/** The same filters and the same order, however they are written. */
export const isSameList = (one: ListingSearch, other: ListingSearch): boolean => asText(one) === asText(other)

/** A place of the side bar: a filter with a name. */
export type PlaceId = 'all' | 'starred' | 'uncatalogued' | 'attention' | 'linked' | 'duplicates'

export type Place = { id: PlaceId; label: string; search: ListingSearch }

export const places: readonly Place[] = [
  { id: 'all', label: 'All models', search: {} },
  { id: 'starred', label: 'Starred', search: { Starred: 'true' } },
  { id: 'uncatalogued', label: 'Uncatalogued', search: { Catalogue: NIL_UUID } },
  { id: 'attention', label: 'Needs attention', search: { Attention: 'true' } },
  { id: 'linked', label: 'Linked', search: { Linked: 'true' } },
  { id: 'duplicates', label: 'Duplicates', search: { Duplicates: 'any' } },
]

/** The place that a list shows: the first whose own filter it holds, else a catalogue, else all. */
export function placeOf(search: ListingSearch): string {
  if (search.Catalogue && search.Catalogue !== NIL_UUID) return search.Catalogue
  if (search.Duplicates) return 'duplicates'
  const place = places.find(({ search: own }) => {
    const names = Object.keys(own)
    return names.length > 0 && names.every((name) => search[name] === own[name])
  })
  return place?.id ?? 'all'
}
