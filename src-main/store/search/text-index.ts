import { type Bits, emptyBits } from './bits.ts'
import { createPostings } from './postings.ts'
import { createVocabulary } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** The word index: in which slots each word stands, in a title (name or alias) or elsewhere. */
export type TextIndex = {
  /** Enters a slot's texts; slots come in ascending order. Returns how many different words its titles have. */
  add(slot: number, titles: readonly string[], texts: readonly string[]): number
  /** The slots below `slots` in which a folded word of a search is found. */
  find(sought: string, slots: number): Bits
  /**
   * Adds to `scores`, for each of the wanted slots, how well the word fits: 3 where it is a whole word, 2 at the beginning of
   * one, 1 inside; 3 more in a title. The best place counts. `scores` is indexed by slot.
   */
  score(sought: string, wanted: Bits, wantedSlots: Int32Array, scores: Uint16Array): void
}

/** @param expected about how many slots there will be */
export function createTextIndex(expected: number): TextIndex {
  const vocabulary = createVocabulary()
  const postings = createPostings(expected)
  const titleList = (word: number) => 2 * word
  const bodyList = (word: number) => 2 * word + 1

  function numberOf(word: string): number {
    const known = vocabulary.size
    const number = vocabulary.numberOf(word)
    if (number === known) {
      postings.addList()
      postings.addList()
    }
    return number
  }

  return {
    add(slot, titles, texts) {
      let titleWords = 0
      for (const title of titles) {
        for (const word of wordsOf(title)) if (postings.add(titleList(numberOf(word)), slot)) titleWords++
      }
      for (const text of texts) for (const word of wordsOf(text)) postings.add(bodyList(numberOf(word)), slot)
      return titleWords
    },
    find(sought, slots) {
      const found = emptyBits(slots)
      for (const word of vocabulary.find(sought)) {
        postings.collect(titleList(word), found)
        postings.collect(bodyList(word), found)
      }
      return found
    },
    score(sought, wanted, wantedSlots, scores) {
      const best = new Uint8Array(scores.length)
      const visit = (list: number, points: number) =>
        postings.visit(list, wanted, wantedSlots, (slot) => {
          if (points > (best[slot] ?? 0)) best[slot] = points
        })
      for (const word of vocabulary.find(sought)) {
        const text = vocabulary.word(word)
        const points = text === sought ? 3 : text.startsWith(sought) ? 2 : 1
        visit(titleList(word), points + 3)
        visit(bodyList(word), points)
      }
      for (const slot of wantedSlots) scores[slot] = (scores[slot] ?? 0) + (best[slot] ?? 0)
    },
  }
}
