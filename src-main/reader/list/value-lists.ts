import { type Bits, emptyBits } from '../search/bits.ts'
import { addList, addSlot, collectSlots, newPostings, type Postings } from '../search/postings.ts'

/** What is filtered by being equal to a value. */
export type ValueKind =
  | 'status'
  | 'runs'
  | 'failure'
  | 'starred'
  | 'linked'
  | 'catalogue'
  | 'uncatalogued'
  | 'source'
  | 'source-url'
  | 'source-kind'
  | 'licence'
  | 'tag'
  | 'copies'
  | 'device'
  | 'operator'
  | 'input'
  | 'output'
  | 'part'
  | 'model-file'

/** For each value the slots that have it. */
export type ValueLists = { lists: Map<ValueKind, Map<string, number>>; postings: Postings }

export function newValueLists(expected: number): ValueLists {
  return { lists: new Map(), postings: newPostings(expected) }
}

export function addValue({ lists, postings }: ValueLists, kind: ValueKind, value: string, slot: number): void {
  let ofKind = lists.get(kind)
  if (!ofKind) {
    ofKind = new Map()
    lists.set(kind, ofKind)
  }
  let list = ofKind.get(value)
  if (list === undefined) {
    list = addList(postings)
    ofKind.set(value, list)
  }
  addSlot(postings, list, slot)
}

/** The slots below `slots` that have any of the values. */
export function findValues(
  { lists, postings }: ValueLists,
  kind: ValueKind,
  values: readonly string[],
  slots: number,
): Bits {
  const found = emptyBits(slots)
  for (const value of values) {
    const list = lists.get(kind)?.get(value)
    if (list !== undefined) collectSlots(postings, list, found)
  }
  return found
}
