import type { z } from 'zod'

/** Any value that JSON can hold. */
export type Json = z.infer<ReturnType<typeof z.json>>

/** Reads a JSON column. What stands there was written from `Value`; a damaged one throws a SyntaxError. */
export function parseJson<Value extends Json | object>(text: string): Value {
  return JSON.parse(text)
}

/** The value of a JSON column that may be damaged; undefined where it is. */
export function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
