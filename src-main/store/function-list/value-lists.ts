import { type Bits, emptyBits } from '../search/bits.ts'
import { createPostings } from '../search/postings.ts'

/** What is filtered by being equal to a value. */
export type ValueKind =
  | 'status'
  | 'runs'
  | 'starred'
  | 'linked'
  | 'catalogue'
  | 'uncatalogued'
  | 'source'
  | 'source-url'
  | 'device'
  | 'operator'
  | 'input'
  | 'output'

/** For each value the slots that have it. */
export type ValueLists = {
  add(kind: ValueKind, value: string, slot: number): void
  /** The slots below `slots` that have any of the values. */
  find(kind: ValueKind, values: readonly string[], slots: number): Bits
}

export function createValueLists(expected: number): ValueLists {
  const postings = createPostings(expected)
  const lists = new Map<string, number>()
  const keyOf = (kind: ValueKind, value: string) => `${kind}:${value}`
  return {
    add(kind, value, slot) {
      const key = keyOf(kind, value)
      let list = lists.get(key)
      if (list === undefined) {
        list = postings.addList()
        lists.set(key, list)
      }
      postings.add(list, slot)
    },
    find(kind, values, slots) {
      const found = emptyBits(slots)
      for (const value of values) {
        const list = lists.get(keyOf(kind, value))
        if (list !== undefined) postings.collect(list, found)
      }
      return found
    },
  }
}
