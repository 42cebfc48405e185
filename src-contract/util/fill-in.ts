import { z } from 'zod'

/**
 * A value of the schema's shape that keeps all of the given one that fits it: what is missing or does not fit becomes empty ('' 0
 * false [] null). For what an older version stored, so that whoever shows it need not know what was not there then.
 */
export function fillIn<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data } = schema.safeParse(value)
  return success ? data : schema.parse(fitted(schema, value))
}

function fitted(schema: unknown, value: unknown): unknown {
  if (!(schema instanceof z.ZodType) || schema.safeParse(value).success) return value
  if (schema instanceof z.ZodObject) {
    const given: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {}
    return Object.fromEntries(Object.entries(schema.shape).map(([key, part]) => [key, fitted(part, given[key])]))
  }
  if (schema instanceof z.ZodArray) {
    return Array.isArray(value) ? value.map((item) => fitted(schema.element, item)) : []
  }
  if (schema instanceof z.ZodOptional) return undefined
  if (schema instanceof z.ZodNullable) return null
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodLiteral) return schema.value
  if (schema instanceof z.ZodUnion) return fitted(schema.options[0], value)
  return ['', 0, false].find((empty) => schema.safeParse(empty).success)
}
