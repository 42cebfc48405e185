import { z } from 'zod'

/** A source in use (operation 17). */
export const Source = z
  .strictObject({ Name: z.string().nullable(), Url: z.string().nullable(), Count: z.int().positive() })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>
