import { type Bits, emptyBits } from './bits.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings, visitSlots } from './postings.ts'
import { scratchBuffer } from './scratch-buffer.ts'
import { findWords, newVocabulary, numberOfWord, type Vocabulary } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** The word index: in which slots each word stands, in a title (name or alias) or elsewhere. */
export type TextIndex = {
  vocabulary: Vocabulary
  /** Two lists for each word. */
  postings: Postings
}

const titleList = (word: number) => 2 * word
const bodyList = (word: number) => 2 * word + 1

/** @param expected about how many slots there will be */
export function newTextIndex(expected: number): TextIndex {
  return { vocabulary: newVocabulary(), postings: newPostings(expected) }
}

/** Enters a slot's texts; slots come in ascending order. Returns how many different words its titles have. */
export function addTexts(index: TextIndex, slot: number, titles: readonly string[], bodies: readonly string[]): number {
  const { postings } = index
  let titleWords = 0
  for (const title of titles) {
    for (const word of wordsOf(title)) if (addSlot(postings, titleList(enter(index, word)), slot)) titleWords++
  }
  for (const body of bodies) for (const word of wordsOf(body)) addSlot(postings, bodyList(enter(index, word)), slot)
  return titleWords
}

function enter({ vocabulary, postings }: TextIndex, word: string): number {
  const known = vocabulary.words.length
  const number = numberOfWord(vocabulary, word)
  if (number === known) {
    addList(postings)
    addList(postings)
  }
  return number
}

/** The slots below `slots` in which a folded word of a search is found. */
export function findTexts({ vocabulary, postings }: TextIndex, sought: string, slots: number): Bits {
  const found = emptyBits(slots)
  for (const word of findWords(vocabulary, sought)) {
    collectSlots(postings, titleList(word), found)
    collectSlots(postings, bodyList(word), found)
  }
  return found
}

const bestRoom = scratchBuffer((length) => new Uint8Array(length))

/**
 * Adds to `scores`, for each of the wanted slots, how well a folded word of a search fits: 3 where it is a whole word, 2 at
 * the beginning of one, 1 inside; 3 more in a title. The best place counts. `scores` is indexed by slot.
 */
export function scoreTexts(
  { vocabulary, postings }: TextIndex,
  sought: string,
  among: { wanted: Bits; wantedSlots: Int32Array },
  scores: Uint16Array,
): void {
  const best = bestRoom(scores.length).fill(0, 0, scores.length)
  const score = (list: number, points: number) =>
    visitSlots(postings, list, among, (slot) => {
      if (points > (best[slot] ?? 0)) best[slot] = points
    })
  for (const number of findWords(vocabulary, sought)) {
    const word = vocabulary.words[number] ?? ''
    const points = word === sought ? 3 : word.startsWith(sought) ? 2 : 1
    score(titleList(number), points + 3)
    score(bodyList(number), points)
  }
  for (const slot of among.wantedSlots) scores[slot] = (scores[slot] ?? 0) + (best[slot] ?? 0)
}
