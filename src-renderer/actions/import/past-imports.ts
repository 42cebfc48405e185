import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { type ImportItem, outcomeWords } from './import-queue.ts'

/** An import that is over: when, what became of it in words, and what was refused and why. */
export type PastImport = { at: string; words: string; refused: { name: string; message: string }[] }

const KEPT = 10
const REFUSALS = 100

/** The last imports of this window, newest first. */
export const pastImports = create<{ imports: PastImport[] }>()(
  persist((): { imports: PastImport[] } => ({ imports: [] }), { name: 'past-imports', version: 1 }),
)

/** Keeps the outcome of an import, so that it can be read later. */
export function rememberImport(items: readonly ImportItem[]): void {
  if (items.length === 0) return
  const refused = items.filter(({ state }) => state === 'refused').slice(0, REFUSALS)
  const past: PastImport = {
    at: new Date().toISOString(),
    words: outcomeWords(items),
    refused: refused.map(({ name, message }) => ({ name, message })),
  }
  pastImports.setState(({ imports }) => ({ imports: [past, ...imports].slice(0, KEPT) }))
}
