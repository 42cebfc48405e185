import { fold, isPlain } from './fold.ts'

/** The words of a text, folded, in order, repeated as they are: runs of letters, digits and their marks; all else parts them. */
export function wordsOf(text: string): string[] {
  const folded = fold(text)
  return (isPlain(folded) ? folded.match(/[a-z0-9]+/g) : folded.match(/[\p{L}\p{N}\p{M}]+/gu)) ?? []
}

/** From this many letters on a word of a search is looked for anywhere inside words, below at their beginning (contract.md 3). */
export const INSIDE_FROM = 3

const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Whether a word has letters of the scripts that part no words by spaces: each of them may begin a word. */
export function beginsAnywhere(word: string): boolean {
  return ideograph.test(word)
}

/** Whether a folded word of a search is looked for anywhere inside words: by its length, or since it begins with an ideograph. */
export function searchesInside(word: string): boolean {
  const letters = [...word.slice(0, 2 * INSIDE_FROM)]
  return letters.length >= INSIDE_FROM || beginsAnywhere(letters[0] ?? '')
}
