import { type Bits, emptyBits } from './bits.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings, visitSlots } from './postings.ts'
import { scratchBuffer } from './scratch-buffer.ts'
import type { SearchWord } from './search-text.ts'
import {
  fitOf,
  INSIDE,
  newVocabulary,
  numberOfWord,
  type Vocabulary,
  WHOLE,
  wordsFrom,
  wordsTo,
  wordsWith,
} from './vocabulary.ts'
import { searchesInside, type Word, wordsOf } from './words.ts'

/** The texts of a function, the most important first: what it is called; what its files and places are called; all that is written about it. */
export type Texts = { titles: readonly string[]; labels: readonly string[]; bodies: readonly string[] }

/** The word index: in which slots each word is, by the kind of text. */
export type TextIndex = {
  vocabulary: Vocabulary
  /** Three lists for each word. */
  postings: Postings
}

const TITLE = 0
const LABEL = 1
const BODY = 2
const KINDS = 3

/** @param expected about how many slots there will be */
export function newTextIndex(expected: number): TextIndex {
  return { vocabulary: newVocabulary(), postings: newPostings(expected) }
}

/** Enters a slot's texts; slots come in ascending order. Returns how many different words its titles have. */
export function addTexts(index: TextIndex, slot: number, { titles, labels, bodies }: Texts): number {
  let titleWords = 0
  const add = (texts: readonly string[], kind: number) => {
    for (const text of texts) {
      for (const word of wordsOf(text)) {
        const isNew = addSlot(index.postings, KINDS * enter(index, word) + kind, slot)
        if (isNew && kind === TITLE && !word.joined) titleWords++
      }
    }
  }
  add(titles, TITLE)
  add(labels, LABEL)
  add(bodies, BODY)
  return titleWords
}

function enter({ vocabulary, postings }: TextIndex, word: Word): number {
  const known = vocabulary.words.length
  const number = numberOfWord(vocabulary, word)
  if (number === known) for (let kind = 0; kind < KINDS; kind++) addList(postings)
  return number
}

/** The slots below `slots` in which a word of a search is found. */
export function findTexts(index: TextIndex, sought: SearchWord, slots: number): Bits {
  const found = emptyBits(slots)
  visitLists(index, sought, (list) => collectSlots(index.postings, list, found))
  return found
}

/**
 * Calls `visit` with each list in which a word of a search is found: a single letter where words begin, two letters in titles and labels also
 * inside words, more everywhere inside words.
 */
function visitLists(
  { vocabulary }: TextIndex,
  { text, ends }: SearchWord,
  visit: (list: number, kind: number, word: number) => void,
): void {
  const visitWord = (word: number, last: number) => {
    for (let kind = TITLE; kind <= last; kind++) visit(KINDS * word + kind, kind, word)
  }
  if (searchesInside(text)) for (const word of wordsWith(vocabulary, text)) visitWord(word, BODY)
  else if ([...text].length > 1) {
    for (const word of wordsWith(vocabulary, text))
      visitWord(word, fitOf(vocabulary, word, text) > INSIDE ? BODY : LABEL)
  } else {
    for (const word of wordsFrom(vocabulary, text)) visitWord(word, BODY)
    if (ends) for (const word of wordsTo(vocabulary, text)) visitWord(word, LABEL)
  }
}

const bestRoom = scratchBuffer((length) => new Uint8Array(length))

/**
 * Adds to `scores`, for each of the wanted slots, how well a word of a search fits (see `fitOf`): in any title better than in any label,
 * and there better than in any body. The best place counts. `scores` is indexed by slot.
 */
export function scoreTexts(
  indexes: readonly TextIndex[],
  sought: SearchWord,
  among: { wanted: Bits; wantedSlots: Int32Array },
  scores: Uint16Array,
): void {
  const best = bestRoom(scores.length).fill(0, 0, scores.length)
  for (const index of indexes) {
    visitLists(index, sought, (list, kind, word) => {
      const points = fitOf(index.vocabulary, word, sought.text) + (BODY - kind) * WHOLE
      visitSlots(index.postings, list, among, (slot) => {
        if (points > (best[slot] ?? 0)) best[slot] = points
      })
    })
  }
  for (const slot of among.wantedSlots) scores[slot] = (scores[slot] ?? 0) + (best[slot] ?? 0)
}
