import type { z } from 'zod'
import { zodProblem } from './zod-problem.ts'

/** @throws Problem that names the field */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (!result.success) throw zodProblem(result.error.issues)
  return result.data
}
