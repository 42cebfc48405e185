import { useMatch, useSearch } from '@tanstack/react-router'
import { placeOf, readListingSearch } from '../state/listing-search.ts'

/** The place that the screen shows; none on a screen that is no list. */
export function useActivePlace(): string | null {
  const library = useMatch({ from: '/', shouldThrow: false })
  const search = useSearch({ strict: false })
  return library ? placeOf(readListingSearch(search)) : null
}
