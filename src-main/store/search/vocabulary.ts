import { emptyBits, intersect, listBits } from './bits.ts'
import { createPostings } from './postings.ts'
import { beginsAnywhere, INSIDE_FROM, searchesInside } from './words.ts'

/** All words that stand in any function, numbered from 0, and which of them a word of a search finds. */
export type Vocabulary = {
  /** The number of a folded word, new or known. */
  numberOf(word: string): number
  readonly size: number
  word(number: number): string
  /** The numbers of the words that a folded word of a search finds: see `searchesInside`. */
  find(sought: string): Int32Array
}

/** Every word is listed under its runs of three units, and under its first letter and first two; marks keep these apart. */
const BEGINNING = '^'
const IDEOGRAPHIC = '*'

export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>()
  const words: string[] = []
  const parts = new Map<string, number>()
  const postings = createPostings(1_000)

  function list(part: string, number: number): void {
    let at = parts.get(part)
    if (at === undefined) {
      at = postings.addList()
      parts.set(part, at)
    }
    postings.add(at, number)
  }

  function add(word: string): number {
    const number = words.length
    numbers.set(word, number)
    words.push(word)
    for (let at = 0; at + INSIDE_FROM <= word.length; at++) list(word.slice(at, at + INSIDE_FROM), number)
    const [first = '', second = ''] = word
    list(BEGINNING + first, number)
    if (second !== '') list(BEGINNING + first + second, number)
    if (beginsAnywhere(word)) list(IDEOGRAPHIC, number)
    return number
  }

  /** The words under all of the parts. */
  function under(...sought: string[]): Int32Array {
    const [first = -1, ...rest] = sought.map((part) => parts.get(part) ?? -1)
    if (first < 0 || rest.includes(-1)) return new Int32Array(0)
    const found = emptyBits(words.length)
    postings.collect(first, found)
    for (const part of rest) {
      const other = emptyBits(words.length)
      postings.collect(part, other)
      intersect(found, other)
    }
    return listBits(found)
  }

  return {
    numberOf: (word) => numbers.get(word) ?? add(word),
    get size() {
      return words.length
    },
    word: (number) => words[number] ?? '',
    find(sought) {
      if (!searchesInside(sought)) return under(BEGINNING + sought)
      if (sought.length === INSIDE_FROM) return under(sought)
      const candidates =
        sought.length < INSIDE_FROM
          ? under(IDEOGRAPHIC)
          : under(...Array.from({ length: sought.length - 2 }, (_, at) => sought.slice(at, at + INSIDE_FROM)))
      return candidates.filter((number) => words[number]?.includes(sought))
    },
  }
}
