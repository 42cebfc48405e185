import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { ListingSearch } from './listing-search.ts'

/** A list with its filters, kept under a name. */
export type SavedView = { id: string; name: string; search: ListingSearch }

/** How this window is arranged; kept on this machine, never in the cabinet. */
export type Layout = {
  peek: boolean
  compact: boolean
  /** Models as rows or as cards. */
  look: 'list' | 'cards'
  /** Widths in pixels of columns that were resized. */
  columnWidths: Record<string, number>
  hiddenColumns: string[]
  /** Own fields that are shown as columns. */
  fieldColumns: string[]
  recentSearches: string[]
  views: SavedView[]
}

/** Columns that are shown when a person asks for them. */
const LATER_COLUMNS = ['source', 'licence', 'path'] as const
const Kept = z.looseObject({ hiddenColumns: z.array(z.string()).optional() })

export const layout = create<Layout>()(
  persist(
    (): Layout => ({
      peek: false,
      compact: false,
      look: 'list',
      columnWidths: {},
      hiddenColumns: [...LATER_COLUMNS],
      fieldColumns: [],
      recentSearches: [],
      views: [],
    }),
    {
      name: 'layout',
      version: 2,
      migrate: (kept, version) => {
        const { hiddenColumns = [] } = Kept.parse(kept)
        return version < 2 ? Object.assign({}, kept, { hiddenColumns: [...hiddenColumns, ...LATER_COLUMNS] }) : kept
      },
    },
  ),
)

/** Remembers a search that led somewhere, newest first, each once. */
export function rememberSearch(text: string): void {
  const words = text.trim()
  if (words.length < 2) return
  layout.setState(({ recentSearches }) => ({
    recentSearches: [words, ...recentSearches.filter((other) => other !== words)].slice(0, 8),
  }))
}

/** Puts a column's name on or off one of the lists of columns. */
export function toggleColumn(list: 'hiddenColumns' | 'fieldColumns', id: string): void {
  layout.setState((now) => ({
    [list]: now[list].includes(id) ? now[list].filter((other) => other !== id) : [...now[list], id],
  }))
}

/** How narrow and how wide a column gets, in pixels. */
export const NARROWEST = 48
export const WIDEST = 2_000

/** Gives a column a width, or by null the one it has by itself. */
export function resizeColumn(id: string, width: number | null): void {
  layout.setState(({ columnWidths: { [id]: _, ...others } }) => ({
    columnWidths:
      width === null ? others : { ...others, [id]: Math.min(WIDEST, Math.max(NARROWEST, Math.round(width))) },
  }))
}

/** Where each list was scrolled to, so that going back shows the same rows; as long as the window lives. */
export const scrollPositions = new Map<string, number>()
