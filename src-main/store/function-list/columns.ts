import type { Range } from '../../../src-contract/listing.ts'
import { type Bits, clearBit, emptyBits, setBit } from '../search/bits.ts'
import { growingIntegers, growingNumbers } from '../search/growing.ts'
import type { ListRecord } from './list-record.ts'
import { nameKey } from './name-key.ts'

const numeric = ['size', 'width', 'height', 'opset'] as const
export type NumberColumn = (typeof numeric)[number]

/** Single values of each slot, for ranges and for orders. */
export type Columns = ReturnType<typeof createColumns>

/** @param expected about how many slots there will be */
export function createColumns(expected: number) {
  const numbers = new Map(numeric.map((name) => [name, growingNumbers(expected)]))
  const ids = growingNumbers(expected)
  const updated = growingNumbers(expected)
  const inserted = growingNumbers(expected)
  const titleWords = growingIntegers(expected)
  const uuids = [0, 1, 2, 3].map(() => growingIntegers(expected))
  const names: string[] = []

  return {
    /** Appends a slot. Missing numbers are NaN, which is in no range. */
    add(record: ListRecord, titleWordCount: number): void {
      ids.push(record.id)
      updated.push(Date.parse(record.updatedAt))
      inserted.push(Date.parse(record.insertedAt))
      titleWords.push(titleWordCount)
      names.push(nameKey(record.name))
      for (const [name, column] of numbers) column.push(record[name] ?? Number.NaN)
      const digits = record.uuid.replaceAll('-', '')
      uuids.forEach((column, at) => {
        column.push(signed(digits.slice(8 * at, 8 * at + 8)))
      })
    },
    id: (slot: number) => ids.values[slot] ?? 0,
    updated: (slot: number) => updated.values[slot] ?? 0,
    inserted: (slot: number) => inserted.values[slot] ?? 0,
    titleWords: (slot: number) => titleWords.values[slot] ?? 0,
    /** Compare as texts: see `nameKey`. */
    nameKey: (slot: number) => names[slot] ?? '',
    /** The four quarters of the UUID, each a number that orders as its digits do. */
    uuidQuarters: uuids.map((column) => (slot: number) => column.values[slot] ?? 0),
    compareUuids(a: number, b: number): number {
      for (const { values } of uuids) {
        const difference = (values[a] ?? 0) - (values[b] ?? 0)
        if (difference !== 0) return difference
      }
      return 0
    },
    /** The slots below `slots` whose UUID begins with any of these, each of at least 8 digits. */
    named(beginnings: readonly string[], slots: number): Bits {
      const [first] = uuids
      const found = emptyBits(slots)
      const heads = new Set(beginnings.map((beginning) => signed(beginning.slice(0, 8))))
      for (let slot = 0; slot < slots; slot++) {
        if (!heads.has(first?.values[slot] ?? Number.NaN)) continue
        const uuid = uuidOf(slot)
        if (beginnings.some((beginning) => uuid.startsWith(beginning))) setBit(found, slot)
      }
      return found
    },
    /** Takes out of `bits` the slots whose value is not in the range. */
    keepRange(name: NumberColumn, { minimum, maximum }: Range, bits: Bits): void {
      const values = numbers.get(name)?.values ?? new Float64Array()
      const least = minimum ?? Number.NEGATIVE_INFINITY
      const most = maximum ?? Number.POSITIVE_INFINITY
      for (let at = 0; at < bits.length; at++) {
        for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
          const slot = (at << 5) + 31 - Math.clz32(word & -word)
          const value = values[slot] ?? Number.NaN
          if (!(value >= least && value <= most)) clearBit(bits, slot)
        }
      }
    },
  }

  function uuidOf(slot: number): string {
    const digits = uuids.map(({ values }) => ((values[slot] ?? 0) + 0x80000000).toString(16).padStart(8, '0')).join('')
    return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
      '-',
    )
  }
}

/** 8 hexadecimal digits as an integer that fits in 32 bits with sign and keeps their order. */
function signed(digits: string): number {
  return Number.parseInt(digits, 16) - 0x80000000
}
