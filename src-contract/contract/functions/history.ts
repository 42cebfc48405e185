import { z } from 'zod'
import { Sha256, Timestamp } from '../../util/identifiers.ts'
import { FieldChange } from '../admin/event.ts'

/** One revision of a function (contract.md 6). `File` stands where the model file changed: the one that it had from then on. */
export const HistoryEntry = z
  .strictObject({
    Revision: z.int().positive(),
    At: Timestamp,
    By: z.string(),
    Change: z.array(FieldChange),
    File: z.strictObject({ Name: z.string(), Size: z.int().nonnegative(), Sha256 }).optional(),
  })
  .meta({ id: 'HistoryEntry' })
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** The body of `POST /function/{uuid}/restore`. */
export const RestoreRequest = z.strictObject({ Revision: z.int().positive() }).meta({ id: 'RestoreRequest' })
export type RestoreRequest = z.infer<typeof RestoreRequest>
