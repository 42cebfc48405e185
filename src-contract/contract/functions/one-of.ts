import type { z } from 'zod'

/**
 * A schema whose objects have exactly one of the keys, which the document says too.
 * @param id its name in the document
 */
export function oneOf<Schema extends z.ZodObject>(
  schema: Schema,
  id: string,
  keys: readonly (string & keyof z.output<Schema>)[],
) {
  const names = `${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`
  return schema
    .refine((value) => keys.filter((key) => value[key] !== undefined).length === 1, `must have one of ${names}`)
    .meta({ id, oneOf: keys.map((key) => ({ required: [key] })) })
}
