import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'
import { JsonValue } from '../../util/json-value.ts'

/** What happened; the word before the dot is the kind of object that `UUID` names. */
export const EventKind = z.enum([
  'function.created',
  'function.updated',
  'function.deleted',
  'function.undeleted',
  'function.purged',
  'function.checked',
  'function.status',
  'catalogue.created',
  'catalogue.renamed',
  'catalogue.deleted',
  'organisation.renamed',
  'settings.changed',
  'token.created',
  'token.revoked',
  'job.changed',
  'cabinet.changed',
])
export type EventKind = z.infer<typeof EventKind>

/** One change of one field. */
export const FieldChange = z.strictObject({
  Field: z.string().meta({ examples: ['Name'] }),
  Before: JsonValue,
  After: JsonValue,
})
export type FieldChange = z.infer<typeof FieldChange>

/** What `GET /events` sends (contract.md 6). Ids grow; 0 marks a passing notice (progress of a job) that is not kept. */
export const CabinetEvent = z
  .strictObject({
    Id: z.int().nonnegative(),
    At: Timestamp,
    Kind: EventKind,
    UUID: Uuid.nullable().meta({ description: 'The object that it is about' }),
    By: z.string().meta({ description: 'Name of the caller; `cabinet` for work in the background' }),
    Summary: z.string().meta({ description: 'A human-readable sentence' }),
  })
  .meta({ id: 'CabinetEvent' })
export type CabinetEvent = z.infer<typeof CabinetEvent>

/** A row of `GET /admin/audit`: an event with what it changed. */
export const AuditEntry = CabinetEvent.extend({ Change: z.array(FieldChange) }).meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>
