import { z } from 'zod'

/** A whole number in a query. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`))
    .meta({ type: 'integer', minimum, maximum })

/** The query of lists that come in pages of at most 1,000. */
export const Page = z.strictObject({
  Offset: wholeNumber(0, 1_000_000_000_000).default(0).meta({ description: 'Number of items to skip (base 0)' }),
  Limit: wholeNumber(1, 1_000).default(1_000).meta({ description: 'Number of items to return' }),
})
export type Page = z.infer<typeof Page>
