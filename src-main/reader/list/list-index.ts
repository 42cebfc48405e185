import { type Bits, clearBit, emptyBits, setBit } from '../search/bits.ts'
import { type Integers, type Numbers, newIntegers, newNumbers, reachIntegers } from '../search/growable-array.ts'
import { addTexts, newTextIndex, type TextIndex } from '../search/text-index.ts'
import { addToColumns, type Columns, newColumns } from './columns.ts'
import { addDuplicate, type Duplicates, newDuplicates, removeDuplicate } from './duplicates.ts'
import { addFields, type FieldColumns } from './field-columns.ts'
import type { ListRecord } from './list-record.ts'
import { partsOf } from './record-parts.ts'
import { textsOf } from './record-texts.ts'
import { addValue, newValueLists, type ValueLists } from './value-lists.ts'

/**
 * The list of functions, turned inside out and held in memory: for each word and value the functions that have it, for each
 * column its values. Every version of a function gets a slot of its own, at the end; a changed function's old slot is no
 * longer live. So nothing that is written is ever moved, and every filter is a set of bits over the slots.
 *
 * It is data and nothing else, so that it can be kept in a file (`kept-index.ts`).
 */
export type ListIndex = {
  columns: Columns
  values: ValueLists
  texts: TextIndex
  /** The same of the paths of this machine, which not everybody may search. */
  places: TextIndex
  fields: FieldColumns
  duplicates: Duplicates
  /** Slots in the orders that lists were asked for in: see `orders.ts`. */
  orders: Map<string, Integers>
  /** By the function's id; -1 where it is not in the list. */
  slotOf: Integers
  live: Bits
  liveCount: number
  /** How many slots there are, live or not. */
  slots: number
  /** The last change that is taken in, and by the function's id the last one of each: see `follow-changes.ts`. */
  change: number
  changeOf: Numbers
}

/** @param expected about how many functions there will be */
export function newListIndex(expected: number): ListIndex {
  return {
    columns: newColumns(expected),
    values: newValueLists(expected),
    texts: newTextIndex(expected),
    places: newTextIndex(0),
    fields: new Map(),
    duplicates: newDuplicates(expected),
    orders: new Map(),
    slotOf: newIntegers(expected),
    live: emptyBits(Math.max(64, expected)),
    liveCount: 0,
    slots: 0,
    change: 0,
    changeOf: newNumbers(expected),
  }
}

/** A copy of the set of live slots. */
export function liveSlots({ live, slots }: ListIndex): Bits {
  return live.slice(0, (slots + 31) >>> 5)
}

/** Enters a function, in place of its former version where there is one. */
export function putRecord(index: ListIndex, record: ListRecord): void {
  removeRecord(index, record.id)
  const slot = index.slots
  const titleWords = addTexts(index.texts, slot, textsOf(record))
  addTexts(index.places, slot, { titles: [], labels: record.paths, bodies: [] })
  addToColumns(index.columns, record, titleWords)
  addValues(index.values, slot, record)
  addFields(index.fields, slot, record.fields)
  addDuplicate(index.duplicates, slot, record)
  reachIntegers(index.slotOf, record.id + 1, -1)
  index.slotOf.values[record.id] = slot
  if (slot >>> 5 >= index.live.length) {
    const wider = new Uint32Array(index.live.length * 2)
    wider.set(index.live)
    index.live = wider
  }
  setBit(index.live, slot)
  index.slots++
  index.liveCount++
}

/** Takes out a function that is in the trash or gone; does nothing where it is not in. */
export function removeRecord(index: ListIndex, id: number): void {
  const slot = id < index.slotOf.length ? (index.slotOf.values[id] ?? -1) : -1
  if (slot < 0) return
  index.slotOf.values[id] = -1
  clearBit(index.live, slot)
  removeDuplicate(index.duplicates, slot)
  index.liveCount--
}

function addValues(values: ValueLists, slot: number, record: ListRecord): void {
  addValue(values, 'status', record.status, slot)
  addValue(values, 'runs', String(record.runs), slot)
  if (record.failure !== null) addValue(values, 'failure', record.failure, slot)
  addValue(values, 'starred', String(record.starred), slot)
  addValue(values, 'linked', String(record.linked), slot)
  if (record.sourceName !== null) addValue(values, 'source', record.sourceName, slot)
  if (record.sourceUrl !== null) addValue(values, 'source-url', record.sourceUrl, slot)
  if (record.sourceKind !== null) addValue(values, 'source-kind', record.sourceKind, slot)
  if (record.licence !== null) addValue(values, 'licence', record.licence, slot)
  if (record.paths.length > 1) addValue(values, 'copies', '', slot)
  for (const tag of record.tags) addValue(values, 'tag', tag, slot)
  for (const uuid of record.catalogues) addValue(values, 'catalogue', uuid, slot)
  if (record.catalogues.length === 0) addValue(values, 'uncatalogued', '', slot)
  for (const device of record.devices) addValue(values, 'device', device, slot)
  for (const type of record.operatorTypes) addValue(values, 'operator', type, slot)
  for (const name of record.inputOptions) addValue(values, 'input', name, slot)
  for (const name of record.outputOptions) addValue(values, 'output', name, slot)
  for (const part of partsOf(record)) addValue(values, 'part', part, slot)
  // Of most models it is the digest of all their files, by which they are found already.
  const { fileSha256 } = record
  if (fileSha256 !== null && fileSha256 !== record.contentSha256) addValue(values, 'model-file', fileSha256, slot)
}
