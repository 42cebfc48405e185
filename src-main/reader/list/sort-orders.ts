import type { OrderTerm } from '../../../src-contract/contract/functions/listing.ts'
import { type Integers, newIntegers } from '../search/growable-array.ts'
import { compareUuids } from './columns.ts'
import { groupKeys } from './duplicates.ts'
import { extendOrder } from './extend-order.ts'
import { fieldLevels } from './field-columns.ts'
import type { ListIndex } from './list-index.ts'
import { columnLevel, type Level } from './sorted-window.ts'

const keptColumns = ['UpdatedAt', 'Name', 'InsertedAt'] as const
/** The columns whose orders are kept, since lists are asked for in them time and again. */
export type KeptColumn = (typeof keptColumns)[number]

export function isKept(column: OrderTerm['column']): column is KeptColumn {
  return keptColumns.some((kept) => kept === column)
}

/** All slots in the order of one column, equal ones by UUID. It is made when first asked for. */
export function orderBy(index: ListIndex, column: KeptColumn, descending: boolean): Integers {
  const { columns, orders } = index
  const key = descending ? `-${column}` : column
  let order = orders.get(key)
  if (!order) {
    order = newIntegers(index.slots)
    orders.set(key, order)
  }
  const compare = compareBy(index, column)
  const sign = descending ? -1 : 1
  // Versions of one function may differ in their slot alone; at most one of them is live.
  extendOrder(order, index.slots, (a, b) => sign * compare(a, b) || compareUuids(columns, a, b) || a - b)
  return order
}

/** Makes the next of the orders that is not made yet; false where all are. */
export function prepareOrder(index: ListIndex): boolean {
  const made = index.orders.size
  for (const column of keptColumns) {
    for (const descending of [true, false]) if (index.orders.size === made) orderBy(index, column, descending)
  }
  return index.orders.size > made
}

function compareBy({ columns }: ListIndex, column: KeptColumn): (a: number, b: number) => number {
  if (column === 'Name') {
    const keys = columns.nameKeys
    return (a, b) => {
      const x = keys[a] ?? ''
      const y = keys[b] ?? ''
      return x < y ? -1 : x > y ? 1 : 0
    }
  }
  const { values } = column === 'UpdatedAt' ? columns.updated : columns.inserted
  return (a, b) => (values[a] ?? 0) - (values[b] ?? 0)
}

/** What slots are ordered by, for orders that are not kept and for few slots. It ends on the UUID. */
export function levelsOf(index: ListIndex, terms: readonly OrderTerm[]): Level[] {
  return [
    ...terms.flatMap((term) => termLevels(index, term)),
    ...index.columns.uuid.map(({ values }) => columnLevel(values)),
  ]
}

function termLevels(index: ListIndex, { column, descending }: OrderTerm): Level[] {
  const sign = descending ? -1 : 1
  if (column === 'Size') return [columnLevel(index.columns.size.values, sign)]
  if (column === 'Structure' || column === 'File') return [columnLevel(digestKeys(index, column), sign)]
  if (!isKept(column)) return fieldLevels(index.fields, column.slice('Field.'.length), sign)
  const { updated, inserted } = index.columns
  const { values } = column === 'Name' ? { values: nameRanks(index) } : column === 'UpdatedAt' ? updated : inserted
  return [columnLevel(values, sign)]
}

type KeptKeys = WeakMap<ListIndex, { keys: Float64Array; slots: number }>

/** A number of each slot that is the same for the same structure, or for the same file; kept until a slot is added. */
const keptKeys: Record<'Structure' | 'File', KeptKeys> = { Structure: new WeakMap(), File: new WeakMap() }

function digestKeys(index: ListIndex, column: 'Structure' | 'File'): Float64Array {
  const kept = keptKeys[column].get(index)
  if (kept?.slots === index.slots) return kept.keys
  const groups = column === 'Structure' ? index.duplicates.structures : index.duplicates.files
  const keyOf = groupKeys(groups)
  const groupOf = groups.groupOf.values
  const keys = Float64Array.from({ length: index.slots }, (_, slot) => keyOf[groupOf[slot] ?? 0] ?? 0)
  keptKeys[column].set(index, { keys, slots: index.slots })
  return keys
}

/** The place of each slot's name among all, equal names having one place; kept until a slot is added. */
const keptRanks = new WeakMap<ListIndex, { ranks: Int32Array; slots: number }>()

function nameRanks(index: ListIndex): Int32Array {
  const kept = keptRanks.get(index)
  if (kept?.slots === index.slots) return kept.ranks
  const ranks =
    kept && kept.ranks.length >= index.slots ? kept.ranks : new Int32Array(index.slots + (index.slots >>> 3))
  const { values, length } = orderBy(index, 'Name', false)
  let rank = 0
  let before: string | undefined
  for (let at = 0; at < length; at++) {
    const slot = values[at] ?? 0
    const name = index.columns.nameKeys[slot]
    if (name !== before) rank++
    before = name
    ranks[slot] = rank
  }
  keptRanks.set(index, { ranks, slots: index.slots })
  return ranks
}
