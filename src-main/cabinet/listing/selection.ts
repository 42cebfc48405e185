import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import type { FunctionChoice } from '../../../src-contract/contract/functions/selection.ts'
import type { ListingService } from './listing.ts'
import { visibleTo } from './visible-to.ts'

type Options = { caller: Caller; signal?: AbortSignal | undefined }

/**
 * The functions that a request means, now. Those that it names are not looked up. An aborted signal ends the reading.
 * @throws Problem `invalid` (field `Filter`)
 */
export async function selectedFunctions(
  listing: ListingService,
  { Functions, Filter, Except }: FunctionChoice,
  options: Options,
): Promise<Set<string>> {
  const matches = async (filter: Record<string, string>) => functionsChosenBy(listing, parseFilter(filter), options)
  const chosen = new Set(Functions ?? (Filter ? await matches(Filter) : await listing.uuids({}, options)))
  const left = [...(Except?.Functions ?? []), ...(Except?.Filter ? await matches(Except.Filter) : [])]
  for (const uuid of left) chosen.delete(uuid)
  return chosen
}

/**
 * The functions that pass a query by which something is changed, deleted or given away.
 * @throws Problem `invalid` (field `Filter`) where the query leaves out nothing
 */
export async function functionsChosenBy(
  listing: ListingService,
  query: ListingQuery,
  options: Options,
): Promise<string[]> {
  const { Offset: _, Limit: __, OrderBy: ___, ...filters } = query
  refuseWithoutWords(filters)
  if (Object.values(filters).every((value) => value === undefined))
    throw new Problem('invalid', 'The filter leaves out nothing. Say All where every model is meant.', {
      field: 'Filter',
    })
  return listing.uuids(visibleTo(options.caller, filters), options)
}

/** A search for no word finds everything in a list, where nothing can come of it. */
function refuseWithoutWords({ q, excluded = [] }: ListingQuery): void {
  if (q !== undefined && !/[\p{L}\p{N}]/u.test(q))
    throw new Problem('invalid', 'The search q has no word in it, so it would choose every model.', { field: 'Filter' })
  for (const query of excluded) refuseWithoutWords(query)
}

function parseFilter(filter: Record<string, string>): ListingQuery {
  const { success, data, error } = FunctionListing.safeParse(filter)
  if (success) return data
  const [issue] = error.issues
  const name = issue?.path.join('.') ?? ''
  throw new Problem('invalid', `The filter is wrong: ${name} ${issue?.message ?? ''}`.trim(), { field: 'Filter' })
}
