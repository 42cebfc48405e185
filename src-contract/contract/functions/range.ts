import { z } from 'zod'

/** An inclusive range; null is open. */
export type Range = { minimum: number | null; maximum: number | null }

const number = String.raw`\d+(?:\.\d+)?`

const pattern = `^(${number}|${number}-(${number})?|-${number})$`

/** `200-` at least, `-200` at most, `100-200` between, `200` equal, all inclusive (contract.md 3). */
export const Range = z
  .string()
  .transform((text, context): Range => {
    const match = new RegExp(`^(${number})?(-)?(${number})?$`).exec(text)
    const [, from, dash, to] = match ?? []
    const minimum = from === undefined ? null : Number(from)
    const maximum = to === undefined ? (dash ? null : minimum) : Number(to)
    if (
      !match ||
      (minimum === null && maximum === null) ||
      (minimum !== null && maximum !== null && minimum > maximum)
    ) {
      context.addIssue('must be a size such as 200, 200-, -200 or 100-200')
      return z.NEVER
    }
    return { minimum, maximum }
  })
  .meta({ type: 'string', pattern, examples: ['200-', '100-200'] })
