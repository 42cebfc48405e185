import { z } from 'zod'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { defineTask, type Handler, implement } from '../../processes/pool/task.ts'
import { type ListReader, openListReader } from '../list/list-reader.ts'

// Both ends are our own and lists are long, so what crosses is looked at no closer than for its kind.
const Query = z.custom<ListingQuery>((value) => typeof value === 'object' && value !== null)
// Rows cross as the bytes of their JSON: cloned object by object, or made by a schema's transform, they outlive the collections of young
// garbage, each of which then takes 10 to 50 ms.
const Items = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const pack = (rows: readonly FunctionItem[]) => Buffer.from(JSON.stringify(rows))

/** The rows of an answer. */
export function unpackItems({ buffer, byteOffset, byteLength }: Uint8Array): FunctionItem[] {
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString())
}

const Uuids = z.custom<string[]>((value) => Array.isArray(value))
const Ids = z.custom<Float64Array>((value) => value instanceof Float64Array)

export const listTask = defineTask({
  name: 'list',
  argument: Query,
  result: z.object({ rows: Items, total: z.number(), capped: z.boolean() }),
})
export const listIdsTask = defineTask({ name: 'list-ids', argument: Query, result: Ids })
export const listUuidsTask = defineTask({ name: 'list-uuids', argument: Query, result: Uuids })
export const listItemsTask = defineTask({ name: 'list-items', argument: Ids, result: Items })

/** Milliseconds between two looks at what changed. */
const LOOK_EVERY = 250
/** Milliseconds without a request after which there is time for what no request waits for. */
const QUIET_AFTER = 1_500

/** Reads the whole list into memory, then answers from it, and keeps up with changes meanwhile. */
export function listHandlers(path: string): Handler[] {
  const reader = openListReader(path)
  let lastRequest = 0
  const requested = () => {
    lastRequest = performance.now()
  }
  tend(reader, () => performance.now() - lastRequest > QUIET_AFTER)
  return [
    implement(listTask, (query) => {
      requested()
      const { rows, ...page } = reader.page(query)
      return { ...page, rows: pack(rows) }
    }),
    implement(listIdsTask, (query) => {
      requested()
      return reader.ids(query)
    }),
    implement(listUuidsTask, (query) => {
      requested()
      return reader.uuids(query)
    }),
    implement(listItemsTask, (ids) => {
      requested()
      return pack(reader.items(ids))
    }),
  ]
}

function tend(reader: ListReader, isQuiet: () => boolean): void {
  const again = () => {
    if (reader.keepUp() || (isQuiet() && reader.tidy())) setImmediate(again)
    else setTimeout(again, LOOK_EVERY).unref()
  }
  setImmediate(again)
}
