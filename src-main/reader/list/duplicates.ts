import type { DuplicateKind, FunctionQuery } from '../../../src-contract/contract/functions/listing.ts'
import { type Bits, emptyBits, setBit } from '../search/bits.ts'
import { type Integers, newIntegers, pushInteger, reachIntegers } from '../search/growable-array.ts'

/** Which slots have the same files, or the same structure, as another. Counts live slots only. */
export type Duplicates = { files: Groups; structures: Groups }

/** Slots grouped by a digest. Group 0 is of those without one. */
export type Groups = { groupOf: Integers; sizes: Integers; numbers: Map<string, number> }

type Digests = { contentSha256: string | null; structureSha256: string | null }

const NONE = 0

export function newDuplicates(expected: number): Duplicates {
  return { files: newGroups(expected), structures: newGroups(expected) }
}

export function addDuplicate({ files, structures }: Duplicates, slot: number, digests: Digests): void {
  addToGroup(files, slot, digests.contentSha256)
  addToGroup(structures, slot, digests.structureSha256)
}

export function removeDuplicate({ files, structures }: Duplicates, slot: number): void {
  removeFromGroup(files, slot)
  removeFromGroup(structures, slot)
}

/** Live slots that share their bytes with another, or only their structure, or any of the two. */
export function findDuplicates(
  { files, structures }: Duplicates,
  kind: NonNullable<FunctionQuery['Duplicates']>,
  slots: number,
): Bits {
  const found = emptyBits(slots)
  const fileOf = files.groupOf.values
  const fileSizes = files.sizes.values
  const structureOf = structures.groupOf.values
  const structureSizes = structures.sizes.values
  for (let slot = 0; slot < slots; slot++) {
    const file = fileOf[slot] ?? NONE
    if (file === NONE) continue
    const sameFile = fileSizes[file] ?? 0
    const structure = structureOf[slot] ?? NONE
    // Equal bytes have equal structure, so whatever is more than they has it with other bytes.
    const otherBytes = structure !== NONE && (structureSizes[structure] ?? 0) > sameFile
    if ((kind !== 'structure' && sameFile > 1) || (kind !== 'bytes' && otherBytes)) setBit(found, slot)
  }
  return found
}

/** Slots whose files have this digest. */
export function findFile({ files: { groupOf, numbers } }: Duplicates, sha256: string, slots: number): Bits {
  const found = emptyBits(slots)
  const group = numbers.get(keyOf(sha256))
  if (group === undefined) return found
  for (let slot = 0; slot < slots; slot++) if (groupOf.values[slot] === group) setBit(found, slot)
  return found
}

/** Other slots that share their bytes with a slot, or only their structure. */
export function findDuplicatesOf(
  { files, structures }: Duplicates,
  slot: number,
  kind: DuplicateKind,
  slots: number,
): Bits {
  const found = emptyBits(slots)
  const fileOf = files.groupOf.values
  const structureOf = structures.groupOf.values
  const file = fileOf[slot] ?? NONE
  const structure = structureOf[slot] ?? NONE
  if (file === NONE || (kind === 'structure' && structure === NONE)) return found
  for (let other = 0; other < slots; other++) {
    if (other === slot) continue
    const sameFile = fileOf[other] === file
    if (kind === 'bytes' ? sameFile : !sameFile && structureOf[other] === structure) setBit(found, other)
  }
  return found
}

/** For each group the first 48 bits of its digest, which order as the digest does; -1 for those without one. */
export function groupKeys({ sizes, numbers }: Groups): Float64Array {
  const keys = new Float64Array(sizes.length).fill(-1)
  for (const [digest, group] of numbers) keys[group] = Buffer.from(digest, 'latin1').readUIntBE(0, 6)
  return keys
}

function newGroups(expected: number): Groups {
  const sizes = newIntegers(expected)
  pushInteger(sizes, 0)
  return { groupOf: newIntegers(expected), sizes, numbers: new Map() }
}

function addToGroup({ groupOf, sizes, numbers }: Groups, slot: number, digest: string | null): void {
  const key = digest === null ? '' : keyOf(digest)
  let group = digest === null ? NONE : numbers.get(key)
  if (group === undefined) {
    group = sizes.length
    pushInteger(sizes, 0)
    numbers.set(key, group)
  }
  reachIntegers(groupOf, slot + 1, NONE)
  groupOf.values[slot] = group
  sizes.values[group] = (sizes.values[group] ?? 0) + 1
}

/** As 32 bytes a digest takes half the memory of its 64 digits. */
const keyOf = (digest: string) => Buffer.from(digest, 'hex').toString('latin1')

function removeFromGroup({ groupOf, sizes }: Groups, slot: number): void {
  const group = groupOf.values[slot] ?? NONE
  sizes.values[group] = (sizes.values[group] ?? 0) - 1
}
