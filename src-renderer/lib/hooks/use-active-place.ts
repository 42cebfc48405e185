import { useMatch, useSearch } from '@tanstack/react-router'
import type { SavedView } from '../state/layout.ts'
import { isSameList, placeOf, readListingSearch } from '../state/listing-search.ts'

/** The place that the screen shows; none on a screen that is no list. */
export function useActivePlace(): string | null {
  const library = useMatch({ from: '/', shouldThrow: false })
  const search = useSearch({ strict: false })
  return library ? placeOf(readListingSearch(search)) : null
}

/** The saved view that the screen shows just as it was saved. */
export function useActiveView(views: readonly SavedView[]): string | null {
  const library = useMatch({ from: '/', shouldThrow: false })
  const search = useSearch({ strict: false })
  if (!library) return null
  const shown = readListingSearch(search)
  return views.find((view) => isSameList(view.search, shown))?.id ?? null
}
