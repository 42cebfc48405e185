import type { FieldFilter } from '../../../src-contract/listing.ts'
import { type Bits, emptyBits, setBit } from '../search/bits.ts'
import { growingIntegers, growingNumbers } from '../search/growing.ts'
import type { Level } from './arrange.ts'
import type { ListRecord } from './list-record.ts'

/** The values of people's own fields: for each name the slots that have it, and what they have. */
export type FieldColumns = {
  add(slot: number, fields: ListRecord['fields']): void
  /** The slots below `slots` that pass the filter. */
  find(filter: FieldFilter, slots: number): Bits
  /** What orders slots by a field: numbers before texts, each in their own order; missing values last in both directions. */
  levels(name: string, sign: 1 | -1): Level[]
}

/** So many fields keep, once they were ordered by, the place of each slot's value: 4 bytes a slot. */
const KEPT_PLACES = 8

const NUMBER = 0
const TEXT = 1
const MISSING = 2

export function createFieldColumns(): FieldColumns {
  const columns = new Map<string, FieldColumn>()
  const ordered = new Set<FieldColumn>()

  function keepPlaces(column: FieldColumn): void {
    ordered.delete(column)
    ordered.add(column)
    const [oldest] = ordered
    if (ordered.size > KEPT_PLACES && oldest) {
      ordered.delete(oldest)
      oldest.forgetPlaces()
    }
  }

  return {
    add(slot, fields) {
      for (const [name, value] of Object.entries(fields)) {
        let column = columns.get(name)
        if (!column) {
          column = createFieldColumn()
          columns.set(name, column)
        }
        column.add(slot, typeof value === 'number' ? value : String(value))
      }
    },
    find: (filter, slots) => columns.get(filter.name)?.find(filter, slots) ?? emptyBits(slots),
    levels(name, sign) {
      const column = columns.get(name)
      if (!column) return []
      keepPlaces(column)
      return column.levels(sign)
    },
  }
}

type FieldColumn = ReturnType<typeof createFieldColumn>

function createFieldColumn() {
  const slotOf = growingIntegers()
  const textOf = growingIntegers() // -1 of a number
  const values = growingNumbers() // of a number
  const textNumbers = new Map<string, number>()
  let entryOf = growingIntegers() // of a slot, made when ordering asks for it; -1 where it has no such field
  let ranks = new Int32Array()

  function textNumber(text: string): number {
    const known = textNumbers.get(text)
    if (known !== undefined) return known
    textNumbers.set(text, textNumbers.size)
    return textNumbers.size - 1
  }

  function findEntries(slots: number, passes: (entry: number) => boolean): Bits {
    const found = emptyBits(slots)
    for (let entry = 0; entry < slotOf.length; entry++) if (passes(entry)) setBit(found, slotOf.values[entry] ?? 0)
    return found
  }

  /** The place of each text among all, by its number. */
  function textRanks(): Int32Array {
    if (ranks.length === textNumbers.size) return ranks
    ranks = new Int32Array(textNumbers.size)
    for (const [rank, text] of [...textNumbers.keys()].sort().entries()) ranks[textNumbers.get(text) ?? 0] = rank
    return ranks
  }

  let placed = 0
  function placeEntries(): void {
    for (; placed < slotOf.length; placed++) {
      entryOf.reach(slotOf.values[placed] ?? 0, -1)
      entryOf.push(placed)
    }
  }

  return {
    forgetPlaces(): void {
      entryOf = growingIntegers()
      placed = 0
    },
    add(slot: number, value: number | string): void {
      slotOf.push(slot)
      values.push(typeof value === 'number' ? value : 0)
      textOf.push(typeof value === 'number' ? -1 : textNumber(value))
    },
    find({ range, text }: FieldFilter, slots: number): Bits {
      const wanted = textNumbers.get(text) ?? Number.NaN
      const least = range ? (range.minimum ?? Number.NEGATIVE_INFINITY) : Number.NaN
      const most = range?.maximum ?? Number.POSITIVE_INFINITY
      return findEntries(slots, (entry) => {
        const known = textOf.values[entry] ?? -1
        if (known >= 0) return known === wanted
        const value = values.values[entry] ?? 0
        return value >= least && value <= most
      })
    },
    levels(sign: 1 | -1): Level[] {
      placeEntries()
      const rankOf = textRanks()
      const entry = (slot: number) => (slot < entryOf.length ? (entryOf.values[slot] ?? -1) : -1)
      return [
        (slot) => {
          const at = entry(slot)
          if (at < 0) return MISSING
          return (textOf.values[at] ?? -1) < 0 === sign > 0 ? NUMBER : TEXT
        },
        (slot) => {
          const at = entry(slot)
          if (at < 0) return 0
          const text = textOf.values[at] ?? -1
          return sign * (text < 0 ? (values.values[at] ?? 0) : (rankOf[text] ?? 0))
        },
      ]
    },
  }
}
