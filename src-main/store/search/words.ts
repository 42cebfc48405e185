import { fold, isPlain } from './fold.ts'

/** The words of a text, folded, in order, repeated as they are: runs of letters, digits and their marks; all else parts them. */
export function wordsOf(text: string): string[] {
  const folded = fold(text)
  return (isPlain(folded) ? folded.match(/[a-z0-9]+/g) : folded.match(/[\p{L}\p{N}\p{M}]+/gu)) ?? []
}

/** From this many letters on a word of a search is looked for anywhere inside words, below at their beginning (contract.md 3). */
export const INSIDE_FROM = 3

const IDEOGRAPHIC = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * Whether a folded word of a search is looked for anywhere inside words. Scripts that part no words by spaces are, whatever
 * the length: there each letter may begin one.
 */
export function searchesInside(word: string): boolean {
  return [...word.slice(0, 2 * INSIDE_FROM)].length >= INSIDE_FROM || IDEOGRAPHIC.test(word)
}
