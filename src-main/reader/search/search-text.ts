import { wordsOf } from './words.ts'

/** One piece of a search: a function matches by all its words, or by the beginning of its UUID where the piece is one. */
export type SearchPiece = { words: string[]; uuid: string | null }

/** 8 digits of a UUID or more, up to the whole. What is shaped otherwise begins no UUID and finds none. */
const uuidBeginning = /^[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/

/**
 * Reads what a person typed. Quotes, operators and other signs are text like any other and only part words; a text without
 * a letter or digit asks for nothing and gives no pieces.
 */
export function readSearch(text: string): SearchPiece[] {
  const pieces: SearchPiece[] = []
  for (const part of text.split(/\s+/u)) {
    const words = [...new Set(wordsOf(part))]
    const uuid = part.toLowerCase()
    if (words.length > 0) pieces.push({ words, uuid: uuidBeginning.test(uuid) ? uuid : null })
  }
  return pieces
}
