import { z } from 'zod'

/** Lone surrogates and NUL cannot be stored and given back unchanged as UTF-8. */
const storable = (text: string) => text.isWellFormed() && !text.includes('\0')
const STORABLE = 'must be valid Unicode text without NUL'

/** A name a person reads: one line, not blank, at most 200 characters, trimmed. */
export const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .refine(storable, STORABLE)
  .refine((text) => !/[\n\r]/.test(text), 'must be a single line')

/** A line of at most `limit` characters that may be empty. */
export const line = (limit: number) =>
  z.string().max(limit, `must have at most ${limit} characters`).refine(storable, STORABLE)

/** Markdown of at most 1,000,000 characters. */
export const markdown = line(1_000_000)
