import { z } from 'zod'

/** The body of `POST /functions/counts`. */
export const CountRequest = z
  .strictObject({
    Lists: z
      .array(z.record(z.string(), z.string()))
      .min(1)
      .max(100)
      .meta({ description: 'Parameters of `GET /functions`', examples: [[{}, { Runs: 'false' }]] }),
  })
  .meta({ id: 'CountRequest' })
export type CountRequest = z.infer<typeof CountRequest>

/** How many functions a list has. */
export const ListCount = z
  .strictObject({
    Count: z.int().nonnegative(),
    Capped: z.boolean().meta({ description: 'There are more matches than were counted' }),
  })
  .meta({ id: 'ListCount' })
export type ListCount = z.infer<typeof ListCount>
