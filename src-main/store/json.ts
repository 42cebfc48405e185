import type { z } from 'zod'

/** Any value that JSON can hold. */
export type Json = z.infer<ReturnType<typeof z.json>>

/** Reads a JSON column. What stands there was written from `Value`; a damaged one throws a SyntaxError. */
export function parseJson<Value extends Json | object>(text: string): Value {
  return JSON.parse(text)
}

/** The value of a JSON column, whose NULL is none; undefined where it is damaged. */
export function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The same by a schema. */
export function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  return schema.safeParse(jsonOf(text)).data
}
