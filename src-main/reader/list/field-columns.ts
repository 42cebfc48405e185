import { type FieldFilter, numberOf } from '../../../src-contract/contract/functions/field-filter.ts'
import { type Bits, emptyBits, setBit } from '../search/bits.ts'
import { fold } from '../search/fold.ts'
import {
  type Integers,
  type Numbers,
  newIntegers,
  newNumbers,
  pushInteger,
  pushNumber,
  reachIntegers,
} from '../search/growable-array.ts'
import type { ListRecord } from './list-record.ts'
import type { Level } from './sorted-window.ts'

/** The values of custom fields: for each name the slots that have it, ascending, and what they have. */
export type FieldColumns = Map<string, FieldColumn>

type FieldColumn = {
  slots: Integers
  /** The number, or what a text reads as; else NaN. */
  numbers: Numbers
  /** Number of the text; NO_TEXT of a number. */
  texts: Integers
  textNumbers: Map<string, number>
  /** The numbers of texts that differ from how they are folded, by the latter. */
  folded: Map<string, number[]>
}

const NO_TEXT = -1

export function addFields(columns: FieldColumns, slot: number, fields: ListRecord['fields']): void {
  for (const [name, value] of Object.entries(fields)) {
    let column = columns.get(name)
    if (!column) {
      column = {
        slots: newIntegers(),
        numbers: newNumbers(),
        texts: newIntegers(),
        textNumbers: new Map(),
        folded: new Map(),
      }
      columns.set(name, column)
    }
    pushInteger(column.slots, slot)
    pushNumber(column.numbers, typeof value === 'number' ? value : numberOf(String(value)))
    pushInteger(column.texts, typeof value === 'number' ? NO_TEXT : textNumber(column, String(value)))
  }
}

function textNumber({ textNumbers, folded }: FieldColumn, text: string): number {
  const known = textNumbers.get(text)
  if (known !== undefined) return known
  const number = textNumbers.size
  textNumbers.set(text, number)
  const key = fold(text)
  if (key !== text) folded.set(key, [...(folded.get(key) ?? []), number])
  return number
}

/** The slots below `slots` that have the field. */
export function haveField(columns: FieldColumns, name: string, slots: number): Bits {
  const found = emptyBits(slots)
  const { values, length } = columns.get(name)?.slots ?? newIntegers()
  for (let entry = 0; entry < length; entry++) setBit(found, values[entry] ?? 0)
  return found
}

/** The slots below `slots` that pass the filter: texts by their letters, whatever their case; those that read as numbers also in a range. */
export function findFields(columns: FieldColumns, { name, range, text }: FieldFilter, slots: number): Bits {
  const found = emptyBits(slots)
  const column = columns.get(name)
  if (!column) return found
  const key = fold(text)
  const wanted = column.textNumbers.get(key) ?? Number.NaN
  const variants = column.folded.get(key) ?? []
  const isRange = range !== null && range.minimum !== range.maximum
  const least = range ? (range.minimum ?? Number.NEGATIVE_INFINITY) : Number.NaN
  const most = range?.maximum ?? Number.POSITIVE_INFINITY
  const [slotOf, figureOf, textOf] = [column.slots.values, column.numbers.values, column.texts.values]
  for (let entry = 0; entry < column.slots.length; entry++) {
    const known = textOf[entry] ?? NO_TEXT
    const value = known === NO_TEXT || isRange ? (figureOf[entry] ?? Number.NaN) : Number.NaN
    if ((value >= least && value <= most) || known === wanted || variants.includes(known))
      setBit(found, slotOf[entry] ?? 0)
  }
  return found
}

/**
 * What orders slots by a field: numbers, and texts that read as such, before other texts, each in their own order (reversed, texts come first);
 * missing values last in both directions. Truth values are the texts `true` and `false`.
 */
export function fieldLevels(columns: FieldColumns, name: string, sign: 1 | -1): Level[] {
  const column = columns.get(name)
  if (!column) return []
  const places = placesOf(column)
  const ranks = ranksOf(column)
  const [figureOf, textOf] = [column.numbers.values, column.texts.values]
  const { values: placeOf } = places
  /** Fills in for each slot what its place gives, and for slots without the field the last key of all. */
  const level =
    (keyOf: (place: number) => number): Level =>
    (slots, keys, low, high) => {
      for (let at = low; at < high; at++) {
        const slot = slots[at] ?? 0
        const place = slot < places.length ? (placeOf[slot] ?? -1) : -1
        keys[at] = place < 0 ? Number.POSITIVE_INFINITY : sign * keyOf(place)
      }
    }
  const byNumber = level((place) => {
    const value = figureOf[place] ?? Number.NaN
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  })
  const byText = level((place) => ranks[textOf[place] ?? NO_TEXT] ?? -1)
  if (ranks.length === 0) return [byNumber]
  const hasNumbers = figureOf.subarray(0, column.numbers.length).some((value) => !Number.isNaN(value))
  return hasNumbers ? [byNumber, byText] : [byText]
}

/** The place of each slot's value; -1 where it has none. Made when a field is ordered by, and kept for the latest of them. */
const keptPlaces = new Map<FieldColumn, Integers & { placed: number }>()
const KEPT_PLACES = 8

function placesOf(column: FieldColumn): Integers {
  const places = keptPlaces.get(column) ?? { ...newIntegers(), placed: 0 }
  for (; places.placed < column.slots.length; places.placed++) {
    reachIntegers(places, column.slots.values[places.placed] ?? 0, -1)
    pushInteger(places, places.placed)
  }
  keptPlaces.delete(column)
  keptPlaces.set(column, places)
  const [oldest] = keptPlaces.keys()
  if (keptPlaces.size > KEPT_PLACES && oldest) keptPlaces.delete(oldest)
  return places
}

/** The place of each text among all of its field, by its number. */
const keptRanks = new WeakMap<FieldColumn, Int32Array>()

function ranksOf(column: FieldColumn): Int32Array {
  const kept = keptRanks.get(column)
  if (kept?.length === column.textNumbers.size) return kept
  const ranks = new Int32Array(column.textNumbers.size)
  for (const [rank, text] of [...column.textNumbers.keys()].sort().entries()) {
    ranks[column.textNumbers.get(text) ?? 0] = rank
  }
  keptRanks.set(column, ranks)
  return ranks
}
