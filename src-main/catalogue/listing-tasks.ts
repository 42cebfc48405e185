import { z } from 'zod'
import type { FunctionItem } from '../../src-contract/function.ts'
import type { ListingQuery } from '../../src-contract/listing.ts'
import { defineTask, type Handler, implement } from '../processes/task.ts'
import { type ListReader, openListReader } from '../store/function-list/list-reader.ts'

// Both ends are our own and lists are long, so what crosses is looked at no closer than for its kind.
const Query = z.custom<ListingQuery>((value) => typeof value === 'object' && value !== null)
const Items = z.custom<FunctionItem[]>(Array.isArray)
const Ids = z.custom<Float64Array>((value) => value instanceof Float64Array)

export const listTask = defineTask({
  name: 'list',
  argument: Query,
  result: z.object({ rows: Items, total: z.number(), capped: z.boolean() }),
})
export const listIdsTask = defineTask({ name: 'list-ids', argument: Query, result: Ids })
export const listItemsTask = defineTask({ name: 'list-items', argument: Ids, result: Items })

/** Milliseconds between two looks at what changed, and how many changes are taken in before the next request is looked for. */
const LOOK_EVERY = 250
const CHANGES_AT_ONCE = 100

/** Reads the whole list into memory, then answers from it, and keeps up with changes meanwhile. */
export function listHandlers(path: string): Handler[] {
  const reader = openListReader(path)
  keepUp(reader)
  return [
    implement(listTask, (query, { retire }) => {
      if (reader.isWorn) retire()
      return reader.page(query)
    }),
    implement(listIdsTask, (query) => reader.ids(query)),
    implement(listItemsTask, (ids) => reader.items(ids)),
  ]
}

function keepUp(reader: ListReader): void {
  const look = () => {
    const behind = reader.follow(CHANGES_AT_ONCE) === CHANGES_AT_ONCE
    if (behind || reader.prepare()) setImmediate(look)
    else setTimeout(look, LOOK_EVERY).unref()
  }
  setImmediate(look)
}
