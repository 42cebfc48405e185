import fc from 'fast-check'
import { type Checked, readSchema, type Schema } from './json-schema.ts'

export type Stock = {
  components: Record<string, Schema>
  /** UUIDs that exist, so that some requests meet something. */
  uuids: string[]
  /** Values for properties of these names, whatever their schema allows: paths of this machine and addresses. */
  named: Record<string, fc.Arbitrary<unknown>>
}

/** Values that a schema allows, small ones. */
export function allowedBy(schema: Schema, stock: Stock): fc.Arbitrary<unknown> {
  const { components, uuids, named } = stock
  const read = readSchema(schema, components)
  const inner = (its: Schema) => allowedBy(its, stock)
  if (read.oneOf && read.properties) return fc.oneof(...read.oneOf.map((one) => inner(withOne(read, one))))
  const choices = read.anyOf ?? read.oneOf
  if (choices) return fc.oneof(...choices.map(inner))
  if (read.enum) return fc.constantFrom(...read.enum)
  if (read.examples && read.format !== 'uuid') {
    const { examples, ...rest } = read
    return fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...examples) },
      { weight: 3, arbitrary: allowedBy(rest, stock) },
    )
  }
  if (Array.isArray(read.type)) return fc.oneof(...read.type.map((type) => inner({ ...read, type })))
  switch (read.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: read.minimum ?? -5, max: Math.min(read.maximum ?? 100, (read.minimum ?? 0) + 100) })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'string':
      if (read.format === 'uuid') return fc.oneof(fc.constantFrom(...uuids), fc.uuid())
      if (read.pattern !== undefined) return fc.stringMatching(new RegExp(read.pattern, 'u'))
      return fc.string({
        unit: 'grapheme',
        minLength: read.minLength ?? 0,
        maxLength: Math.min(read.maxLength ?? 40, 40),
      })
    case 'array':
      return fc.array(inner(read.items ?? {}), { minLength: read.minItems ?? 0, maxLength: 4 })
    case 'object': {
      const known = Object.fromEntries(
        Object.entries(read.properties ?? {}).map(([key, its]) => [key, named[key] ?? inner(its)]),
      )
      if (Object.keys(known).length > 0) return fc.record(known, { requiredKeys: read.required ?? [] })
      const more = typeof read.additionalProperties === 'object' ? inner(read.additionalProperties) : fc.jsonValue()
      return fc.dictionary(fc.string({ maxLength: 10 }), more, { maxKeys: 4 })
    }
    default:
      return fc.jsonValue()
  }
}

/** A schema of objects that have exactly one of some keys, for one of them. */
function withOne({ oneOf, properties, required = [], ...rest }: Checked, chosen: Schema): Schema {
  const keyOf = (one: Schema) => [one.required].flat().map(String)
  const others = (oneOf ?? []).flatMap(keyOf).filter((key) => !keyOf(chosen).includes(key))
  const own = Object.entries(properties ?? {}).filter(([key]) => !others.includes(key))
  return { ...rest, properties: Object.fromEntries(own), required: [...required, ...keyOf(chosen)] }
}

/** The same, and sometimes with one thing wrong, or with something else altogether. */
export function roughly(allowed: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const spoiled = fc
    .tuple(allowed, fc.string({ maxLength: 10 }), fc.jsonValue(), fc.nat())
    .map(([value, key, wrong, pick]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong
      const keys = [...Object.keys(value), key]
      return { ...value, [keys[pick % keys.length] ?? key]: wrong }
    })
  return fc.oneof(
    { weight: 5, arbitrary: allowed },
    { weight: 2, arbitrary: spoiled },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}
