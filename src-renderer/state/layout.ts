import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Appearance = 'list' | 'cards'

/** How this window is arranged; kept on this machine, never in the cabinet. */
export type Layout = {
  peek: boolean
  appearance: Appearance
  compact: boolean
  hiddenColumns: string[]
  columnWidths: Record<string, number>
  recentSearches: string[]
}

export const layout = create<Layout>()(
  persist(
    (): Layout => ({
      peek: false,
      appearance: 'list',
      compact: false,
      hiddenColumns: [],
      columnWidths: {},
      recentSearches: [],
    }),
    { name: 'layout', version: 1 },
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

/** Where each list was scrolled to, so that going back shows the same rows; as long as the window lives. */
export const scrollPositions = new Map<string, number>()
