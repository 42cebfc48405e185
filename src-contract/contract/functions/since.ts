import { z } from 'zod'

const HOUR = 3_600_000
const periods = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR }
const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/** A moment as milliseconds since 1970, or how long ago it was: `2026-01-31` (UTC), `2026-01-31T12:00:00Z`, `12h`, `7d`, `2w`. */
export const Since = z
  .string()
  .transform((text, context): number => {
    const [, amount, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
    if (amount !== undefined && (unit === 'h' || unit === 'd' || unit === 'w'))
      return Date.now() - Number(amount) * periods[unit]
    const moment = Moment.safeParse(text)
    if (moment.success) return Date.parse(moment.data)
    context.addIssue(
      'must be a date such as 2026-01-31, a time such as 2026-01-31T12:00:00Z, or a period such as 12h, 7d or 2w',
    )
    return z.NEVER
  })
  .meta({ type: 'string', pattern: String.raw`^(\d{1,5}[hdw]|\d{4}-\d\d-\d\d(T.+)?)$`, examples: ['7d', '2026-01-31'] })
