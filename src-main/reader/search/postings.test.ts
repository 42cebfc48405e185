import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyBits, listBits, setBit } from './bits.ts'
import { addList, addSlot, collectSlots, newPostings, visitSlots } from './postings.ts'

test('each list has the slots that were added to it, be it short, long or a set of bits', () => {
  // How often a slot comes into each of the lists: in all, in half, in some, in few.
  const shares = [1, 0.5, 0.03, 0.001]
  fc.assert(
    fc.property(fc.constantFrom(0, 100, 4_000), fc.integer({ min: 1, max: 9_000 }), (expected, slots) => {
      const postings = newPostings(expected)
      const lists = shares.map((share) => ({ share, list: addList(postings), has: [] as number[] }))
      for (let slot = 0; slot < slots; slot++) {
        for (const { share, list, has } of lists) {
          if (((slot * 2_654_435_761) % 10_007) / 10_007 >= share) continue
          has.push(slot)
          if (!addSlot(postings, list, slot) || addSlot(postings, list, slot)) throw new Error(`added ${slot} twice`)
        }
      }
      for (const { list, has } of lists) {
        const found = emptyBits(slots)
        collectSlots(postings, list, found)
        expect([...listBits(found)]).toEqual(has)
        const wanted = emptyBits(slots)
        for (let slot = 0; slot < slots; slot += 3) setBit(wanted, slot)
        const visited: number[] = []
        visitSlots(postings, list, { wanted, wantedSlots: listBits(wanted) }, (slot) => visited.push(slot))
        expect(visited).toEqual(has.filter((slot) => slot % 3 === 0))
      }
    }),
    { numRuns: 12 },
  )
})
