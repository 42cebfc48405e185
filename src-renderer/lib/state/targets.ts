import type { FunctionChoice } from '../../../src-contract/contract/functions/selection.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { everyUuid } from '../api/every-uuid.ts'
import type { Filters } from '../api/queries.ts'

/** Every match of a list but some: what "select all" means, however many they are. */
export type Matches = {
  query: Filters
  except: readonly string[]
  count: number
  /** There are more than could be counted. */
  capped: boolean
}

/** The models that a change is for. */
export type Targets = readonly string[] | Matches

/** More models than this are changed by a job of the cabinet, which goes on when the window is closed. */
const MANY = 40

export const countOf = (targets: Targets): number => ('query' in targets ? targets.count : targets.length)

/** *3 models*; *more than 10,000 models* where nobody counted them all. */
export function targetWords(targets: Targets): string {
  if ('query' in targets && targets.capped) return `more than ${groupedNumber(targets.count)} models`
  return plural(countOf(targets), 'model')
}

/** The targets one by one. */
export async function uuidsOf(targets: Targets): Promise<readonly string[]> {
  if (!('query' in targets)) return targets
  const except = new Set(targets.except)
  return (await everyUuid(targets.query)).filter((uuid) => !except.has(uuid))
}

/** The targets one by one where they are few; null where a job is to change them. */
export async function fewOf(targets: Targets): Promise<readonly string[] | null> {
  return countOf(targets) > MANY ? null : uuidsOf(targets)
}

/** The targets as a request names them, however many they are. */
export function choiceOf(targets: Targets): FunctionChoice {
  if (!('query' in targets)) return { Functions: [...targets] }
  const { OrderBy: _, ...filter } = targets.query
  const chosen = Object.keys(filter).length === 0 ? { All: true as const } : { Filter: filter }
  return { ...chosen, Except: { Functions: [...targets.except] } }
}
