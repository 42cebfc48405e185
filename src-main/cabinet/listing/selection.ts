import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import type { FunctionChoice } from '../../../src-contract/contract/functions/selection.ts'
import type { ListingService } from './listing.ts'
import { visibleTo } from './visible-to.ts'

type Options = {
  caller: Caller
  signal?: AbortSignal | undefined
  /** Whether filters look in the trash. */
  inTrash?: boolean
}

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
  { inTrash, ...options }: Options,
): Promise<string[]> {
  const { Offset: _, Limit: __, OrderBy: ___, ...filters } = query
  refuseWithoutWords(filters)
  if (Object.values(filters).every((value) => value === undefined)) throw everything('The filter leaves out nothing')
  return listing.uuids({ ...visibleTo(options.caller, filters), ...(inTrash && { inTrash }) }, options)
}

/** A search for no word finds everything in a list, where nothing can come of it. */
function refuseWithoutWords({ q, excluded = [] }: ListingQuery): void {
  if (q !== undefined && !/[\p{L}\p{N}]/u.test(q)) throw everything('The search q has no word in it')
  for (const query of excluded) refuseWithoutWords(query)
}

function everything(why: string): Problem {
  const sentence = `${why}, so it would choose every model. Where that is meant, send {"All": true} instead of a filter, or {"Trash": true} for everything in the trash.`
  return new Problem('invalid', sentence, { field: 'Filter' })
}

function parseFilter(filter: Record<string, string>): ListingQuery {
  // A variable of a script that is empty must not widen what is changed.
  const empty = Object.keys(filter).find((key) => filter[key]?.trim() === '' && key !== 'q')
  if (empty !== undefined) throw new Problem('invalid', `The filter is wrong: ${empty} is empty.`, { field: 'Filter' })
  const { success, data, error } = FunctionListing.safeParse(filter)
  if (success) return data
  const [issue] = error.issues
  const name = issue?.path.join('.') ?? ''
  throw new Problem('invalid', `The filter is wrong: ${name} ${issue?.message ?? ''}`.trim(), { field: 'Filter' })
}
