import { z } from 'zod'
import { Timestamp, Uuid } from './identifiers.ts'

/** One entry of the audit log, as `GET /events` streams it and as the window receives it (additions.md). */
export const CabinetEvent = z
  .strictObject({
    Id: z.int().nonnegative().meta({ description: 'Grows with every event; `Last-Event-ID` resumes after it' }),
    At: Timestamp,
    Kind: z.string().meta({ examples: ['function.created'] }),
    UUID: Uuid.nullable().meta({ description: 'The object the event is about, where there is one' }),
    By: z.string().meta({ description: 'The name of the caller' }),
    Summary: z.string().meta({ description: 'A sentence for a person', examples: ['super_resolution was added'] }),
  })
  .meta({ id: 'Event' })
export type CabinetEvent = z.infer<typeof CabinetEvent>
