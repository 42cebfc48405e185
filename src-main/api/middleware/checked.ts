import type { ValidationTargets } from 'hono'
import { validator } from 'hono/validator'
import type { z } from 'zod'
import { mediaType } from './json-body.ts'
import { zodProblem } from './zod-problem.ts'

/** Checks a part of a request where `createRoute` cannot, with the same errors. */
export const checked = <Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) => validator(target, (value) => parsed(schema, value))

/** The body where it is JSON; nothing yet where it is multipart. */
export const checkedJson = <Output extends object>(schema: z.ZodType<Output>) =>
  validator('json', (value, context): Output | Record<never, never> =>
    mediaType(context) === 'multipart/form-data' ? {} : parsed(schema, value),
  )

/** @throws Problem that names the field */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (!result.success) throw zodProblem(result.error.issues)
  return result.data
}
