import { type Bits, clearBit, emptyBits, setBit } from '../search/bits.ts'
import { growingIntegers } from '../search/growing.ts'
import { createTextIndex } from '../search/text-index.ts'
import { createColumns } from './columns.ts'
import { createFieldColumns } from './field-columns.ts'
import type { ListRecord } from './list-record.ts'
import { createTwins } from './twins.ts'
import { createValueLists } from './value-lists.ts'

/**
 * The list of functions, turned inside out and held in memory: for each word and value the functions that have it, for each
 * column its values. Every version of a function gets a slot of its own, at the end; a changed function's old slot is no
 * longer live. So nothing that is written is ever moved, and every filter is a set of bits over the slots.
 */
export type ListIndex = ReturnType<typeof createListIndex>

/** @param expected about how many functions there will be */
export function createListIndex(expected: number) {
  const columns = createColumns(expected)
  const values = createValueLists(expected)
  const texts = createTextIndex(expected)
  const fields = createFieldColumns()
  const twins = createTwins(expected)
  const slotOfId = growingIntegers(expected)
  let live: Bits = emptyBits(Math.max(64, expected))
  let slots = 0
  let liveCount = 0

  function makeRoom(): void {
    if (slots >>> 5 < live.length) return
    const wider = new Uint32Array(live.length * 2)
    wider.set(live)
    live = wider
  }

  function enterValues(slot: number, record: ListRecord): void {
    values.add('status', record.status, slot)
    values.add('runs', String(record.runs), slot)
    values.add('starred', String(record.starred), slot)
    values.add('linked', String(record.linked), slot)
    if (record.sourceName !== null) values.add('source', record.sourceName, slot)
    if (record.sourceUrl !== null) values.add('source-url', record.sourceUrl, slot)
    for (const uuid of record.catalogues) values.add('catalogue', uuid, slot)
    if (record.catalogues.length === 0) values.add('uncatalogued', '', slot)
    for (const device of record.devices) values.add('device', device, slot)
    for (const type of record.operatorTypes) values.add('operator', type, slot)
    for (const name of record.inputOptions) values.add('input', name, slot)
    for (const name of record.outputOptions) values.add('output', name, slot)
  }

  function remove(id: number): void {
    const slot = id < slotOfId.length ? (slotOfId.values[id] ?? -1) : -1
    if (slot < 0) return
    slotOfId.values[id] = -1
    clearBit(live, slot)
    twins.remove(slot)
    liveCount--
  }

  return {
    columns,
    values,
    texts,
    fields,
    twins,
    /** How many slots there are, live or not. */
    get slots() {
      return slots
    },
    get liveCount() {
      return liveCount
    },
    /** A copy of the set of live slots. */
    live: () => live.slice(0, (slots + 31) >>> 5),
    /** Enters a function, in place of its former version where there is one. */
    put(record: ListRecord): void {
      remove(record.id)
      const slot = slots
      makeRoom()
      const { name, alias, documentation, sourceName, inputNames, outputNames, operatorTypes } = record
      const bodies = [documentation, sourceName ?? '', ...inputNames, ...outputNames, ...operatorTypes]
      columns.add(record, texts.add(slot, [name, alias], bodies))
      enterValues(slot, record)
      fields.add(slot, record.fields)
      twins.add(slot, record)
      slotOfId.reach(record.id + 1, -1)
      slotOfId.values[record.id] = slot
      setBit(live, slot)
      slots++
      liveCount++
    },
    /** Takes out a function that is in the trash or gone; does nothing where it is not in. */
    remove,
    /** The slot of a live function; -1 where there is none. */
    slotOf: (id: number) => (id < slotOfId.length ? (slotOfId.values[id] ?? -1) : -1),
  }
}
