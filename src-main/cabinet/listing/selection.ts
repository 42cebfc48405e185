import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import type { FunctionChoice } from '../../../src-contract/contract/functions/selection.ts'
import type { ListingService } from './listing.ts'

/**
 * The functions that a request means, now. Those that it names are not looked up. An aborted signal ends the reading.
 * @throws Problem `invalid` (field `Filter`)
 */
export async function selectedFunctions(
  listing: ListingService,
  { Functions, Filter, Except }: FunctionChoice,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Set<string>> {
  const matches = async (filter: Record<string, string>) => listing.uuids(parseFilter(filter), options)
  const chosen = new Set(Functions ?? (await matches(Filter ?? {})))
  const left = [...(Except?.Functions ?? []), ...(Except?.Filter ? await matches(Except.Filter) : [])]
  for (const uuid of left) chosen.delete(uuid)
  return chosen
}

function parseFilter(filter: Record<string, string>): ListingQuery {
  const { success, data, error } = FunctionListing.safeParse(filter)
  if (success) return { ...data, Offset: undefined, Limit: undefined }
  const [issue] = error.issues
  const name = issue?.path.join('.') ?? ''
  throw new Problem('invalid', `The filter is wrong: ${name} ${issue?.message ?? ''}`.trim(), { field: 'Filter' })
}
