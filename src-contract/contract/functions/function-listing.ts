import { z } from 'zod'
import { type FieldFilter, readFieldFilter } from './field-filter.ts'
import { FunctionQuery, functionParts, type ListingQuery, type PartFilter } from './listing.ts'

/** How the document names what comes with a prefix: clients that are made from it send `Field[accuracy]=0.9-`. */
const byName = (description: string) =>
  z
    .record(z.string(), z.string())
    .optional()
    .meta({ description, param: { style: 'deepObject', explode: true } })

const prefixed = {
  Field: byName('Custom fields by their names, as `Field.<name>`: `Field[accuracy]=0.9-`'),
  Has: byName('Parts of a function, as `Has.<part>`: `Has[Documentation]=false`'),
  Not: byName('Filters whose matches are left out, as `Not.<filter>`: `Not[Status]=error`'),
}

/** The whole query of `GET /functions`, filters by prefix included; any other key is refused by name (contract.md 1 and 3). */
export const FunctionListing = FunctionQuery.extend(prefixed)
  .catchall(z.unknown())
  .transform((query, context): ListingQuery => {
    const { Field, Has, Not, ...known } = query
    const fieldFilters: FieldFilter[] = []
    const parts: PartFilter[] = []
    const excluded: ListingQuery[] = []
    const refuse = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message, input: query })

    function read(key: string, value: unknown): void {
      const [prefix, name] = divided(key)
      if (prefix === 'Not.') exclude(key, name, value)
      else if (prefix === 'Field.') {
        const filter = typeof value === 'string' ? readFieldFilter(name, value) : undefined
        if (filter) fieldFilters.push(filter)
        else
          refuse(
            key,
            filter === null
              ? 'must be a text, or a range such as 0.9-, -0.9 or 0.8-0.9'
              : 'must be given once, as text',
          )
      } else if (prefix === 'Has.') {
        const part =
          divided(name)[0] === 'Field.'
            ? (`Field.${divided(name)[1]}` as const)
            : functionParts.find((one) => one === name)
        if (part === undefined) refuse(key, `must name one of ${functionParts.join(', ')}, or Field.<name>`)
        else if (value === 'true' || value === 'false') parts.push({ part, present: value === 'true' })
        else refuse(key, 'must be true or false')
      } else context.addIssue({ code: 'unrecognized_keys', keys: [key], input: query })
    }

    function exclude(key: string, name: string, values: unknown): void {
      if (divided(name)[0] === 'Not.' || ['Offset', 'Limit', 'OrderBy'].includes(name)) {
        refuse(key, 'is not a filter')
        return
      }
      for (const value of [values].flat()) {
        const { data, error } = FunctionListing.safeParse({ [name]: value })
        if (data) excluded.push(data)
        for (const issue of error?.issues ?? []) {
          if (issue.code === 'unrecognized_keys') context.addIssue({ ...issue, keys: [key] })
          else context.addIssue({ ...issue, path: [key] })
        }
      }
    }

    for (const [key, value] of Object.entries(query)) {
      if (Object.hasOwn(FunctionQuery.shape, key) || Object.hasOwn(prefixed, key)) continue
      Reflect.deleteProperty(known, key)
      read(key, value)
    }
    for (const [prefix, values] of Object.entries({ Field, Has, Not })) {
      for (const [name, value] of Object.entries(values ?? {})) read(`${prefix}.${name}`, value)
    }
    return {
      ...known,
      ...(fieldFilters.length > 0 && { fieldFilters }),
      ...(parts.length > 0 && { parts }),
      ...(excluded.length > 0 && { excluded }),
    }
  })

const prefixes = ['Field.', 'Has.', 'Not.'] as const

/** A key's prefix and what follows it, as in `Field.accuracy` or `Field[accuracy]`; no prefix where nothing does. */
function divided(given: string): [(typeof prefixes)[number] | null, string] {
  const key = given.replace(/^(Field|Has|Not)\[(.+)\]$/s, '$1.$2')
  const prefix = prefixes.find((one) => key.startsWith(one) && key.length > one.length)
  return prefix ? [prefix, key.slice(prefix.length)] : [null, key]
}
