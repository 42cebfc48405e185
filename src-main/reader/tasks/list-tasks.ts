import { z } from 'zod'
import { FieldInUse } from '../../../src-contract/contract/functions/field-in-use.ts'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { OptionInUse } from '../../../src-contract/contract/functions/option.ts'
import { Source } from '../../../src-contract/contract/functions/source.ts'
import { Statistics } from '../../../src-contract/contract/functions/statistics.ts'
import { defineTask } from '../../processes/pool/task.ts'

/**
 * A page of the list: `total` is exact, or where `capped` the number up to which it was counted. `cut` where it has fewer rows than were asked for
 * because they are large.
 */
export type FunctionPage = { rows: FunctionItem[]; total: number; capped: boolean; cut: boolean }

/** The same with the rows as the bytes of their JSON, and how many they are. */
export type PackedPage = Omit<FunctionPage, 'rows'> & { rows: Uint8Array<ArrayBuffer>; count: number }

// Both ends are our own and lists are long, so what crosses is looked at no closer than for its kind.
const Query = z.custom<ListingQuery>((value) => typeof value === 'object' && value !== null)
// Rows cross as the bytes of their JSON: cloned object by object, or made by a schema's transform, they outlive the collections of young
// garbage, each of which then takes 10 to 50 ms.
const Items = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)

export const packItems = (rows: readonly FunctionItem[]) => Buffer.from(JSON.stringify(rows))

export const packPage = (page: FunctionPage): PackedPage => ({
  ...page,
  rows: packItems(page.rows),
  count: page.rows.length,
})

/** The rows of an answer. */
export function unpackItems({ buffer, byteOffset, byteLength }: Uint8Array): FunctionItem[] {
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString())
}

const Uuids = z.custom<string[]>((value) => Array.isArray(value))
const Ids = z.custom<Float64Array>((value) => value instanceof Float64Array)

export const listTask = defineTask({
  name: 'list',
  argument: Query,
  result: z.object({ rows: Items, count: z.number(), total: z.number(), capped: z.boolean(), cut: z.boolean() }),
})
export const listIdsTask = defineTask({ name: 'list-ids', argument: Query, result: Ids })
export const listUuidsTask = defineTask({ name: 'list-uuids', argument: Query, result: Uuids })
export const listItemsTask = defineTask({
  name: 'list-items',
  argument: Ids,
  result: z.object({ rows: Items, taken: z.int().positive() }),
})

export const statisticsTask = defineTask({
  name: 'statistics',
  argument: z.object({ monthAgo: z.string() }),
  result: Statistics,
})
export const optionsTask = defineTask({ name: 'options', argument: z.null(), result: z.array(OptionInUse) })
/** Of the cabinet's database, or of a copy at a path; the same for altered rows. */
const WhichDatabase = z.string().nullable()
export const integrityTask = defineTask({ name: 'integrity', argument: WhichDatabase, result: z.array(z.string()) })
const AlteredRow = z.object({
  table: z.string(),
  row: z.string(),
  how: z.enum(['changed', 'added', 'removed']),
  uuid: z.string().nullable(),
  name: z.string().nullable(),
})
export type AlteredRow = z.infer<typeof AlteredRow>
export const alteredRowsTask = defineTask({
  name: 'altered-rows',
  argument: WhichDatabase,
  result: z.object({
    rows: z.int(),
    altered: z.array(AlteredRow),
    count: z.int(),
    unreadable: z.array(z.string()),
  }),
})
export const quickCheckTask = defineTask({ name: 'quick-check', argument: z.null(), result: z.string().nullable() })
export const sourcesTask = defineTask({ name: 'sources', argument: z.null(), result: z.array(Source) })
export const fieldsTask = defineTask({ name: 'fields', argument: z.null(), result: z.array(FieldInUse) })
