import { z } from 'zod'
import { type FieldFilter, FunctionQuery, type ListingQuery, readFieldFilter } from './listing.ts'

/** The whole query of `GET /functions`, own fields included; any other key is refused by name (contract.md 1 and 3). */
export const FunctionListing = FunctionQuery.catchall(z.unknown()).transform((query, context): ListingQuery => {
  const fieldFilters: FieldFilter[] = []
  const known = { ...query }
  for (const [key, value] of Object.entries(query)) {
    if (Object.hasOwn(FunctionQuery.shape, key)) continue
    Reflect.deleteProperty(known, key)
    if (!key.startsWith('Field.') || key.length === 'Field.'.length) {
      context.addIssue({ code: 'unrecognized_keys', keys: [key], input: query })
    } else if (typeof value !== 'string') {
      context.addIssue({ code: 'custom', path: [key], message: 'must be given once, as text', input: value })
    } else {
      fieldFilters.push(readFieldFilter(key.slice('Field.'.length), value))
    }
  }
  return { ...known, ...(fieldFilters.length > 0 && { fieldFilters }) }
})
