import { z } from 'zod'
import { Uuid } from '../../util/identifiers.ts'

/** The body of every error, and of a deletion or edit that worked (contract.md 2). Keys that do not apply are left out. */
export const Message = z
  .strictObject({
    AuthorizationInvalid: z
      .boolean()
      .optional()
      .meta({ description: 'true where the token is missing, wrong or expired' }),
    Email: z.string().optional(),
    Field: z
      .strictObject({ Name: z.string(), Message: z.string() })
      .optional()
      .meta({ description: 'The part of the request that is wrong' }),
    Message: z.string().meta({ description: 'A human-readable sentence', examples: ['Done'] }),
    UUID: Uuid.optional().meta({ description: 'The object the message is about' }),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>
