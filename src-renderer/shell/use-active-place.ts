import { useMatch, useSearch } from '@tanstack/react-router'
import type { SavedView } from '../state/layout.ts'
import { filtersOf, placeOf, readListingSearch } from '../state/listing-search.ts'

/** The place that the screen shows; none on a screen that is no list. */
export function useActivePlace(): string | null {
  const library = useMatch({ from: '/', shouldThrow: false })
  const search = useSearch({ strict: false })
  return library ? placeOf(readListingSearch(search)) : null
}

const sorted = (filters: Record<string, string>) => JSON.stringify(Object.entries(filters).sort())

/** The saved view that the screen shows just as it was saved. */
export function useActiveView(views: readonly SavedView[]): string | null {
  const library = useMatch({ from: '/', shouldThrow: false })
  const search = useSearch({ strict: false })
  if (!library) return null
  const shown = sorted(filtersOf(readListingSearch(search)))
  return views.find((view) => sorted(filtersOf(view.search)) === shown)?.id ?? null
}
