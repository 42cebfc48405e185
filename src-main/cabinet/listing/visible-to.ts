import { type Caller, includes } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'

/**
 * A query as a caller may ask it: whoever is not shown where files lie on this computer cannot find it out by searching either.
 * @throws Problem `forbidden` (field `Path`)
 */
export function visibleTo({ scope }: Caller, query: ListingQuery): ListingQuery {
  if (includes(scope, 'admin')) return query
  const all = [query, ...(query.excluded ?? [])]
  if (all.some(({ Path }) => Path !== undefined)) {
    throw new Problem(
      'forbidden',
      'Only a token that may administer can filter by Path: others are not shown where files lie on this computer.',
      { field: 'Path' },
    )
  }
  if (all.every(({ q }) => q === undefined)) return query
  const excluded = query.excluded?.map((one) => ({ ...one, hidesPaths: true }))
  return { ...query, hidesPaths: true, ...(excluded && { excluded }) }
}
