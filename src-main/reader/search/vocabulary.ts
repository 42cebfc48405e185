import { emptyBits, intersect, listBits } from './bits.ts'
import { type Integers, newIntegers, pushInteger } from './growable-array.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings } from './postings.ts'
import { beginsAnywhere, INSIDE_FROM, type Word } from './words.ts'

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

/** How well a folded word of a search fits the word that it is in: as the whole, as a part from one beginning to the next, at a beginning, or inside. */
export function fitOf({ words, starts }: Vocabulary, number: number, sought: string): number {
  const text = words[number] ?? ''
  if (text.length === sought.length) return WHOLE
  const bits = starts.values[number] ?? 1
  let best = INSIDE
  for (let at = text.indexOf(sought); at >= 0 && best < PART; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length
    if (isStart(bits, at)) best = Math.max(best, end === text.length || isStart(bits, end) ? PART : AT_BEGINNING)
  }
  return best
}

const isStart = (starts: number, at: number) => at < 32 && ((starts >>> at) & 1) === 1

/** The words that begin, or have a beginning inside, with a folded letter. */
export function wordsFrom(vocabulary: Vocabulary, letter: string): Int32Array {
  return wordsUnder(vocabulary, [BEGINNING + letter])
}

/** The words that end with a folded letter. */
export function wordsTo(vocabulary: Vocabulary, letter: string): Int32Array {
  return wordsUnder(vocabulary, [END + letter])
}

/** The words that several folded letters, or one ideograph, are in. */
export function wordsWith(vocabulary: Vocabulary, sought: string): Int32Array {
  const found = wordsUnder(vocabulary, partsFor(sought))
  // A part of two or three units is the whole of what is sought.
  const isExact = sought.length === 2 || sought.length === INSIDE_FROM
  return isExact ? found : found.filter((number) => vocabulary.words[number]?.includes(sought))
}

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
