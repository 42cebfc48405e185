import type { OrderTerm } from '../../../src-contract/listing.ts'
import { growingIntegers } from '../search/growing.ts'
import type { Level } from './arrange.ts'
import type { ListIndex } from './list-index.ts'
import { createOrder, type Order } from './order.ts'

type Column = (typeof columnsKept)[number]

/** The orders of the whole list that are asked for time and again, kept; each is made when first asked for. */
export type Orders = {
  /** The list by one column; equal ones by UUID. */
  by(column: Column, descending: boolean): Order
  /** What a slot is ordered by, for orders of several columns or of few slots. */
  levels(terms: readonly OrderTerm[]): Level[]
  newestFirst(): Level[]
  /** Makes the next of the orders by one column that is not made yet; false where all are. */
  prepare(): boolean
}

const columnsKept = ['UpdatedAt', 'Name', 'InsertedAt'] as const

export function createOrders(index: ListIndex): Orders {
  const { columns } = index
  const kept = new Map<string, Order>()

  function compareBy(column: Column): (a: number, b: number) => number {
    if (column === 'UpdatedAt') return (a, b) => columns.updated(a) - columns.updated(b)
    if (column === 'InsertedAt') return (a, b) => columns.inserted(a) - columns.inserted(b)
    return (a, b) => {
      const [x, y] = [columns.nameKey(a), columns.nameKey(b)]
      return x < y ? -1 : x > y ? 1 : 0
    }
  }

  function by(column: Column, descending: boolean): Order {
    const key = descending ? `-${column}` : column
    let order = kept.get(key)
    if (!order) {
      const compare = compareBy(column)
      const sign = descending ? -1 : 1
      // Versions of one function are equal but for the slot; at most one of them is live.
      order = createOrder((a, b) => sign * compare(a, b) || columns.compareUuids(a, b) || a - b)
      kept.set(key, order)
    }
    order.reach(index.slots)
    return order
  }

  const ranks = growingIntegers()
  let ranked = 0
  /** The place of each slot's name among all, equal names having one place. */
  function nameRanks(): Int32Array {
    if (ranked === index.slots) return ranks.values
    ranks.reach(index.slots, 0)
    let rank = 0
    let before: string | undefined
    for (const slot of by('Name', false).slots) {
      const name = columns.nameKey(slot)
      if (name !== before) rank++
      before = name
      ranks.values[slot] = rank
    }
    ranked = index.slots
    return ranks.values
  }

  function termLevels({ column, descending }: OrderTerm): Level[] {
    const sign = descending ? -1 : 1
    if (column === 'UpdatedAt') return [(slot) => sign * columns.updated(slot)]
    if (column === 'InsertedAt') return [(slot) => sign * columns.inserted(slot)]
    if (column === 'Name') {
      const places = nameRanks()
      return [(slot) => sign * (places[slot] ?? 0)]
    }
    return index.fields.levels(column.slice('Field.'.length), sign)
  }

  return {
    by,
    levels: (terms) => [...terms.flatMap(termLevels), ...columns.uuidQuarters],
    prepare() {
      const made = kept.size
      for (const column of columnsKept) {
        for (const descending of [true, false]) if (kept.size === made) by(column, descending)
      }
      return kept.size > made
    },
    newestFirst: () => [(slot) => -columns.updated(slot), ...columns.uuidQuarters],
  }
}
