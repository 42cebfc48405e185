import { wordsOf } from './words.ts'

/** A folded word of a search. It `ends` a word where it is a single letter with more behind it: the n of `n-seg` may be that of `yolov8n-seg`. */
export type SearchWord = { text: string; ends: boolean }

/** One piece of a search: a function matches by all its words, or by the beginning of its UUID where the piece is one. */
export type SearchPiece = { words: SearchWord[]; uuid: string | null }

/** 8 digits of a UUID or more, up to the whole. What is shaped otherwise begins no UUID and finds none. */
const uuidBeginning = /^[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?$/

/**
 * Reads what a person typed. Quotes, operators and other signs are text like any other and only part words; a text without
 * a letter or digit asks for nothing and gives no pieces.
 */
export function readSearch(text: string): SearchPiece[] {
  const parts = text
    .split(/\s+/u)
    .map((part) => ({ part, texts: wordsOf(part).flatMap((word) => (word.joined ? [] : [word.text])) }))
    .filter(({ texts }) => texts.length > 0)
  return parts.map(({ part, texts }, at) => {
    const isLast = at === parts.length - 1
    const words = texts.map((word, place) => ({
      text: word,
      ends: [...word].length === 1 && !(isLast && place === texts.length - 1),
    }))
    const uuid = part.toLowerCase()
    return { words, uuid: uuidBeginning.test(uuid) ? uuid : null }
  })
}
