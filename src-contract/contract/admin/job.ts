import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'
import { JsonValue } from '../../util/json-value.ts'
import { FieldsUpdate, FunctionUpdate } from '../functions/function.ts'
import { oneOf } from '../functions/one-of.ts'
import { functionChoice } from '../functions/selection.ts'

export const JobState = z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof JobState>

export const JobKind = z.enum(['import', 'fetch', 'benchmark', 'digests', 'backup', 'restore', 'verify', 'bulk'])
export type JobKind = z.infer<typeof JobKind>

/** Something that a job could not do; the rest of it went on. */
export const JobFailure = z.strictObject({
  What: z.string().meta({ description: 'A file, a function …', examples: ['notes.txt'] }),
  Message: z.string(),
})
export type JobFailure = z.infer<typeof JobFailure>

/** Long work, as `GET /jobs` shows it (contract.md 6). It survives a restart. */
export const Job = z
  .strictObject({
    UUID: Uuid,
    Kind: JobKind,
    State: JobState,
    Title: z.string().meta({ description: 'What it does, in few words', examples: ['Starring 12 models'] }),
    Done: z.int().nonnegative(),
    Total: z.int().nonnegative().nullable().meta({ description: 'null while it is not known' }),
    Unit: z.string().meta({ description: 'What Done and Total count', examples: ['files'] }),
    Message: z.string().meta({ description: 'A human-readable sentence' }),
    Rate: z.number().nullable().meta({ description: 'Units per second' }),
    StartedAt: Timestamp.nullable(),
    EndedAt: Timestamp.nullable(),
    Result: JsonValue.nullable(),
    Failures: z.array(JobFailure).meta({ description: 'The first 500; in the list of jobs the first 20' }),
    FailureCount: z.int().nonnegative().meta({ description: 'All of them' }),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

/**
 * What `POST /functions/bulk` does to each function: keys of PATCH, own fields to set and (by null) to take away, catalogues to add and
 * to take away (others stay), or the way into the trash, back, or out of it for good, which stands alone.
 */
export const BulkChange = z
  .strictObject({
    Set: FunctionUpdate.refine(({ ServerKeys }) => !ServerKeys, 'must only have keys that can be set').optional(),
    SetFields: FieldsUpdate.optional().meta({ description: 'The same as `Fields` in `Set`' }),
    AddCatalogues: z.array(Uuid).max(1_000).optional(),
    RemoveCatalogues: z.array(Uuid).max(1_000).optional(),
    Delete: z.literal(true).optional(),
    Undelete: z.literal(true).optional(),
    Purge: z.literal(true).optional().meta({ description: 'Out of the trash for good; admin tokens only' }),
  })
  .refine((change) => Object.keys(change).length > 0, 'must say what to change')
  .refine(
    (change) => Object.keys(change).length === 1 || (!change.Delete && !change.Undelete && !change.Purge),
    'Delete, Undelete and Purge cannot be combined with other changes',
  )
  .meta({ id: 'BulkChange' })
export type BulkChange = z.infer<typeof BulkChange>

/**
 * The body of `POST /functions/bulk`: the same change for many functions, by UUID, by the query of the list, those of an earlier job, or the trash.
 */
export const BulkRequest = oneOf(
  z
    .strictObject({
      ...functionChoice,
      Job: Uuid.optional().meta({ description: 'A bulk job whose functions are meant, to undo its change' }),
      Trash: z.literal(true).optional().meta({ description: 'Everything in the trash' }),
      Change: BulkChange,
    })
    .refine(
      ({ All, Change }) => All === undefined || !(Change.Undelete || Change.Purge),
      'must name what is in the trash by Functions, Filter, Job or Trash',
    ),
  'BulkRequest',
  ['Functions', 'Filter', 'All', 'Job', 'Trash'],
)
export type BulkRequest = z.infer<typeof BulkRequest>
