import { z } from 'zod'

/** As much of JSON Schema as the document uses; a keyword that is not here makes the check throw, so that none is passed over. */
export type Schema = { [keyword: string]: unknown }

const Shape = z.strictObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.looseObject({})).optional(),
  oneOf: z.array(z.looseObject({})).optional(),
  allOf: z.array(z.looseObject({})).optional(),
  properties: z.record(z.string(), z.looseObject({})).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.union([z.boolean(), z.looseObject({})]).optional(),
  items: z.looseObject({}).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  format: z.string().optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  example: z.unknown().optional(),
  propertyNames: z.looseObject({}).optional(),
})

export type Checked = z.infer<typeof Shape>

/** A schema whose every keyword is understood, with its reference followed. */
export function readSchema(schema: Schema, components: Record<string, Schema>): Checked {
  const read = Shape.parse(schema)
  if (read.$ref === undefined) return read
  const target = components[read.$ref.replace('#/components/schemas/', '')]
  if (!target) throw new Error(`The document has no ${read.$ref}`)
  return readSchema(target, components)
}

/** What is wrong with a value by a schema; empty where nothing is. */
export function complaints(value: unknown, schema: Schema, components: Record<string, Schema>, at = ''): string[] {
  const read = readSchema(schema, components)
  const here = (text: string) => [`${at || 'the body'} ${text}`]
  const within = (inner: unknown, its: Schema, key: string) => complaints(inner, its, components, `${at}.${key}`)

  for (const part of read.allOf ?? []) {
    const found = complaints(value, part, components, at)
    if (found.length > 0) return found
  }
  const choices = read.anyOf ?? read.oneOf
  if (choices && !choices.some((choice) => complaints(value, choice, components, at).length === 0)) {
    return here(`is none of ${choices.length} choices: ${JSON.stringify(value)?.slice(0, 100)}`)
  }
  if (read.enum && !read.enum.includes(value)) return here(`is not one of ${JSON.stringify(read.enum)}`)
  if (read.const !== undefined && read.const !== value) return here(`is not ${JSON.stringify(read.const)}`)
  if (read.type !== undefined && ![read.type].flat().some((type) => isOfType(value, type))) {
    return here(`is not of type ${[read.type].flat().join(' or ')}: ${JSON.stringify(value)?.slice(0, 100)}`)
  }
  if (typeof value === 'number') {
    if (read.minimum !== undefined && value < read.minimum) return here('is too small')
    if (read.exclusiveMinimum !== undefined && value <= read.exclusiveMinimum) return here('is too small')
    if (read.maximum !== undefined && value > read.maximum) return here('is too large')
  }
  if (typeof value === 'string') {
    if (read.pattern !== undefined && !new RegExp(read.pattern, 'u').test(value))
      return here(`does not match ${read.pattern}`)
    if (read.minLength !== undefined && value.length < read.minLength) return here('is too short')
    if (read.maxLength !== undefined && value.length > read.maxLength) return here('is too long')
    if (read.format === 'date-time' && Number.isNaN(Date.parse(value))) return here('is no date and time')
  }
  if (Array.isArray(value)) {
    const { items } = read
    return items ? value.flatMap((item, index) => within(item, items, String(index))) : []
  }
  if (typeof value === 'object' && value !== null) {
    const missing = (read.required ?? []).filter((key) => !Object.hasOwn(value, key))
    if (missing.length > 0) return here(`lacks ${missing.join(', ')}`)
    return Object.entries(value).flatMap(([key, inner]) => {
      const known = read.properties?.[key]
      if (known) return within(inner, known, key)
      // What an answer may have in later versions is undocumented in this one.
      const isClosed = read.additionalProperties === false || (read.properties && !read.additionalProperties)
      if (isClosed) return here(`has the undocumented key ${key}`)
      return typeof read.additionalProperties === 'object' ? within(inner, read.additionalProperties, key) : []
    })
  }
  return []
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
