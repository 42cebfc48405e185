import { z } from 'zod'
import { Timestamp, Uuid } from '../../util/identifiers.ts'

/** A row of `GET /admin/sessions`: a browser that was signed in by a link. */
export const BrowserSession = z
  .strictObject({
    UUID: Uuid,
    Browser: z.string().meta({ description: 'What the browser says it is', examples: ['Firefox 140 on Linux'] }),
    Current: z.boolean().meta({ description: 'Whether this request comes from it' }),
    InsertedAt: Timestamp,
    LastUsedAt: Timestamp,
  })
  .meta({ id: 'BrowserSession' })
export type BrowserSession = z.infer<typeof BrowserSession>

/** Asks for a link that a browser can follow to a download, where it can send no header. */
export const TicketRequest = z.strictObject({
  Path: z
    .string()
    .regex(/^\/(?!\/)/)
    .max(4_096),
})

export const Ticket = z.strictObject({ Path: z.string() })
export type Ticket = z.infer<typeof Ticket>
