import { z } from 'zod'

/** So many names are listed: of more, those that most functions have. */
export const LISTED_FIELDS = 10_000

/** A row of `GET /functions/fields`: the name of people's own fields that live functions have. */
export const FieldInUse = z
  .strictObject({
    Name: z.string().meta({ examples: ['accuracy'] }),
    Count: z.int().positive().meta({ description: 'Functions that have it' }),
    Numbers: z.int().nonnegative().meta({ description: 'Functions of which it is a number' }),
  })
  .meta({ id: 'FieldInUse' })
export type FieldInUse = z.infer<typeof FieldInUse>
