import { emptyBits, intersect, listBits } from './bits.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings } from './postings.ts'
import { beginsAnywhere, INSIDE_FROM, searchesInside } from './words.ts'

/** All words that stand in any function, numbered from 0, and under which parts of them they are found. */
export type Vocabulary = {
  numbers: Map<string, number>
  words: string[]
  /** The list of each part: three units in a row, the first letter, the first two letters; marks keep these apart. */
  parts: Map<string, number>
  /** The words under each part. */
  postings: Postings
}

const BEGINNING = '^'
const IDEOGRAPHIC = '*'

export function newVocabulary(): Vocabulary {
  return { numbers: new Map(), words: [], parts: new Map(), postings: newPostings(1_000) }
}

/** The number of a folded word, new or known. */
export function numberOfWord(vocabulary: Vocabulary, word: string): number {
  const known = vocabulary.numbers.get(word)
  if (known !== undefined) return known
  const number = vocabulary.words.push(word) - 1
  vocabulary.numbers.set(word, number)
  for (let at = 0; at + INSIDE_FROM <= word.length; at++) {
    addUnder(vocabulary, word.slice(at, at + INSIDE_FROM), number)
  }
  const [first = '', second = ''] = word
  addUnder(vocabulary, BEGINNING + first, number)
  if (second !== '') addUnder(vocabulary, BEGINNING + first + second, number)
  if (beginsAnywhere(word)) addUnder(vocabulary, IDEOGRAPHIC, number)
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

/** The numbers of the words that a folded word of a search finds: see `searchesInside`. */
export function findWords(vocabulary: Vocabulary, sought: string): Int32Array {
  if (!searchesInside(sought)) return wordsUnder(vocabulary, [BEGINNING + sought])
  if (sought.length === INSIDE_FROM) return wordsUnder(vocabulary, [sought])
  const parts =
    sought.length < INSIDE_FROM
      ? [IDEOGRAPHIC]
      : Array.from({ length: sought.length - INSIDE_FROM + 1 }, (_, at) => sought.slice(at, at + INSIDE_FROM))
  return wordsUnder(vocabulary, parts).filter((number) => vocabulary.words[number]?.includes(sought))
}

/** The words that stand under all of the parts. */
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
