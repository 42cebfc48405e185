import { type Bits, emptyBits, setBit } from '../search/bits.ts'
import { growingIntegers } from '../search/growing.ts'

/** Which slots have the same file, or the same structure, as another. Counts live slots only. */
export type Twins = {
  add(slot: number, digests: Digests): void
  remove(slot: number): void
  /** Live slots that share their bytes with another, or only their structure. */
  find(kind: 'bytes' | 'structure', slots: number): Bits
}

type Digests = { fileSha256: string | null; structureSha256: string | null }

/** Group 0 is of those without a digest. */
const NONE = 0

export function createTwins(expected: number): Twins {
  const files = createGroups(expected)
  const structures = createGroups(expected)
  return {
    add(slot, { fileSha256, structureSha256 }) {
      files.add(slot, fileSha256)
      structures.add(slot, structureSha256)
    },
    remove(slot) {
      files.remove(slot)
      structures.remove(slot)
    },
    find(kind, slots) {
      const found = emptyBits(slots)
      for (let slot = 0; slot < slots; slot++) {
        const sameFile = files.others(slot)
        // Equal bytes have equal structure, so whatever is more than they have it with other bytes.
        if (kind === 'bytes' ? sameFile > 0 : files.isKnown(slot) && structures.others(slot) > sameFile) {
          setBit(found, slot)
        }
      }
      return found
    },
  }
}

function createGroups(expected: number) {
  const groupOf = growingIntegers(expected)
  const sizes = growingIntegers(expected)
  const numbers = new Map<string, number>()
  sizes.push(0)
  return {
    add(slot: number, digest: string | null): void {
      // As 32 bytes a digest takes half the memory of its 64 digits.
      const key = digest === null ? '' : Buffer.from(digest, 'hex').toString('latin1')
      let group = digest === null ? NONE : numbers.get(key)
      if (group === undefined) {
        group = sizes.length
        sizes.push(0)
        numbers.set(key, group)
      }
      groupOf.reach(slot + 1, NONE)
      groupOf.values[slot] = group
      sizes.values[group] = (sizes.values[group] ?? 0) + 1
    },
    remove(slot: number): void {
      const group = groupOf.values[slot] ?? NONE
      sizes.values[group] = (sizes.values[group] ?? 0) - 1
    },
    isKnown: (slot: number) => groupOf.values[slot] !== NONE,
    /** How many other live slots have the same digest. */
    others(slot: number): number {
      const group = groupOf.values[slot] ?? NONE
      return group === NONE ? 0 : (sizes.values[group] ?? 0) - 1
    },
  }
}
