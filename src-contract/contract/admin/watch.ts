import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'
import { Exclude } from './exclude.ts'

const mode = z.enum(['copy', 'reference']).meta({
  description: 'copy: models are taken into the cabinet; reference: they stay where they are',
})

/** The body of `POST /admin/watches` (contract.md 6): a folder whose models are imported as they appear. */
export const WatchRequest = z
  .strictObject({
    Path: z.string().min(1).max(4_096).meta({ description: 'A folder on this machine, absolute' }),
    Mode: mode.default('reference'),
    Catalogue: Uuid.nullish(),
    Recursive: z.boolean().default(true),
    Exclude: Exclude.default([]),
  })
  .meta({ id: 'WatchRequest' })
export type WatchRequest = z.infer<typeof WatchRequest>

/** A row of `GET /admin/watches`. */
export const Watch = z
  .strictObject({
    UUID: Uuid,
    Path: z.string(),
    Mode: mode,
    Catalogue: Uuid.nullable(),
    Recursive: z.boolean(),
    Exclude,
    State: z.enum(['starting', 'watching', 'missing', 'failed']).meta({
      description:
        'missing: the folder was not found, for example because its drive is disconnected; the cabinet keeps looking',
    }),
    Message: z.string().meta({ description: 'A human-readable sentence; empty if there is no problem' }),
    InsertedAt: Timestamp,
  })
  .meta({ id: 'Watch' })
export type Watch = z.infer<typeof Watch>
