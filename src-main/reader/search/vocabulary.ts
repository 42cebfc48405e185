import { emptyBits, intersect, listBits } from './bits.ts'
import { type Integers, newIntegers, pushInteger } from './growable-array.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings } from './postings.ts'
import { beginsAnywhere, INSIDE_FROM, searchesInside, type Word } from './words.ts'

/** All words of all functions, numbered from 0, and under which parts of them they are found. */
export type Vocabulary = {
  numbers: Map<string, number>
  words: string[]
  /** Of each word: see `Word`. */
  starts: Integers
  /** The list of each part: two or three units in a row, the letters at a beginning, the last letter; marks keep these apart. */
  parts: Map<string, number>
  /** The words under each part. */
  postings: Postings
}

const BEGINNING = '^'
const END = '$'
const IDEOGRAPHIC = '*'

export function newVocabulary(): Vocabulary {
  return { numbers: new Map(), words: [], starts: newIntegers(), parts: new Map(), postings: newPostings(1_000) }
}

/** The number of a word, new or known. */
export function numberOfWord(vocabulary: Vocabulary, { text, starts }: Word): number {
  const key = starts === 1 ? text : `${text}\0${starts}`
  const known = vocabulary.numbers.get(key)
  if (known !== undefined) return known
  const number = vocabulary.words.push(text) - 1
  vocabulary.numbers.set(key, number)
  pushInteger(vocabulary.starts, starts)
  for (let at = 0; at + 2 <= text.length; at++) {
    addUnder(vocabulary, text.slice(at, at + 2), number)
    if (at + INSIDE_FROM <= text.length) addUnder(vocabulary, text.slice(at, at + INSIDE_FROM), number)
  }
  for (let left = starts; left !== 0; left &= left - 1) {
    const [letter = ''] = text.slice(31 - Math.clz32(left & -left))
    addUnder(vocabulary, BEGINNING + letter, number)
  }
  addUnder(vocabulary, END + ([...text].at(-1) ?? ''), number)
  if (beginsAnywhere(text)) addUnder(vocabulary, IDEOGRAPHIC, number)
  return number
}

function addUnder({ parts, postings }: Vocabulary, part: string, number: number): void {
  let list = parts.get(part)
  if (list === undefined) {
    list = addList(postings)
    parts.set(part, list)
  }
  addSlot(postings, list, number)
}

/** How well a word of a search fits one of the vocabulary. */
export const INSIDE = 1
const AT_BEGINNING = 2
const PART = 3
export const WHOLE = 4

/** How well a folded word of a search fits a word: as the whole, as a part from one beginning to the next, at a beginning, or inside; 0 if not. */
function fitOf(sought: string, { text, starts }: Word): number {
  if (text === sought) return WHOLE
  let best = 0
  for (let at = text.indexOf(sought); at >= 0 && best < PART; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length
    const fit = !isStart(starts, at) ? INSIDE : end === text.length || isStart(starts, end) ? PART : AT_BEGINNING
    best = Math.max(best, fit)
  }
  return best
}

const isStart = (starts: number, at: number) => at < 32 && ((starts >>> at) & 1) === 1

/**
 * Calls `visit` with the words that a folded word of a search is in, and how well it fits. One of a single letter is only looked for at
 * beginnings, unless it `ends`: then at the end of words too.
 */
export function visitWords(
  vocabulary: Vocabulary,
  sought: string,
  ends: boolean,
  visit: (number: number, fit: number) => void,
): void {
  const [letter = '', ...more] = sought
  const isLetter = more.length === 0 && !searchesInside(sought)
  const numbers = wordsUnder(vocabulary, isLetter ? [BEGINNING + letter] : partsFor(sought))
  for (const number of numbers) {
    const fit = fitOf(sought, wordAt(vocabulary, number))
    if (fit > 0) visit(number, fit)
  }
  if (!isLetter || !ends) return
  for (const number of wordsUnder(vocabulary, [END + letter])) {
    if (fitOf(sought, wordAt(vocabulary, number)) === INSIDE) visit(number, INSIDE)
  }
}

const wordAt = ({ words, starts }: Vocabulary, number: number): Word => ({
  text: words[number] ?? '',
  starts: starts.values[number] ?? 1,
})

function partsFor(sought: string): string[] {
  if (sought.length < 2) return [IDEOGRAPHIC]
  const size = Math.min(sought.length, INSIDE_FROM)
  return Array.from({ length: sought.length - size + 1 }, (_, at) => sought.slice(at, at + size))
}

/** The words under all of the parts. */
function wordsUnder({ words, parts, postings }: Vocabulary, sought: readonly string[]): Int32Array {
  const [first = -1, ...rest] = sought.map((part) => parts.get(part) ?? -1)
  if (first < 0 || rest.includes(-1)) return new Int32Array(0)
  const found = emptyBits(words.length)
  collectSlots(postings, first, found)
  for (const list of rest) {
    const other = emptyBits(words.length)
    collectSlots(postings, list, other)
    intersect(found, other)
  }
  return listBits(found)
}
