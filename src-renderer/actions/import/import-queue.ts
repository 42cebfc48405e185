import { create } from 'zustand'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'

export type ImportState = 'waiting' | 'running' | 'imported' | 'present' | 'refused' | 'cancelled'

/** One file on its way into the cabinet. `source` is a path in the desktop app, the file itself in a browser. */
export type ImportItem = {
  id: string
  name: string
  source: string | File
  /** In a browser: the other files that came with it, by their place as seen from the model's folder. */
  dataFiles?: ReadonlyMap<string, File>
  /** In a browser: the files around the model that are kept with it. */
  companions?: readonly File[]
  /** What the model is called where its file's name does not tell it from others. */
  title?: string
  catalogue: string | undefined
  state: ImportState
  /** Bytes. */
  done: number
  total: number
  uuid?: string
  /** A human-readable sentence once it has ended. */
  message: string
}

export type ImportQueue = {
  items: readonly ImportItem[]
  open: boolean
  /** What is on its way comes to its end; nothing new begins. */
  paused: boolean
}

/** Files on their way and what became of them, until the person clears the list. */
export const importQueue = create<ImportQueue>(() => ({ items: [], open: false, paused: false }))

export const isOver = (item: ImportItem): boolean => item.state !== 'waiting' && item.state !== 'running'

/** Changes some files' states; others stay the same objects, so that only theirs are drawn anew. */
export function setItems(change: (item: ImportItem) => ImportItem): void {
  importQueue.setState(({ items }) => ({ items: items.map(change) }))
}

export function setItem(id: string, change: Partial<ImportItem>): void {
  setItems((item) => (item.id === id ? { ...item, ...change } : item))
}

/** How far the queue is, in files, and which share of the bytes is through. */
export function progressOf(items: readonly ImportItem[]): { over: number; count: number; share: number } {
  const over = items.filter(isOver).length
  const shares = items.map((item) => (isOver(item) ? 1 : item.total === 0 ? 0 : item.done / item.total))
  return {
    over,
    count: items.length,
    share: items.length === 0 ? 1 : shares.reduce((sum, one) => sum + one, 0) / items.length,
  }
}

/** *212 imported, 1 already here, 1 refused* */
export function outcomeWords(items: readonly ImportItem[]): string {
  const words: [ImportState, string][] = [
    ['imported', 'imported'],
    ['present', 'already here'],
    ['refused', 'refused'],
    ['cancelled', 'cancelled'],
  ]
  return words
    .map(([state, word]): [number, string] => [items.filter((item) => item.state === state).length, word])
    .filter(([amount]) => amount > 0)
    .map(([amount, word]) => `${groupedNumber(amount)} ${word}`)
    .join(', ')
}
