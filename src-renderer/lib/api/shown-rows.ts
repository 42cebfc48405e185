import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import type { FunctionPage } from './functions.ts'
import { queryClient } from './query-client.ts'

/** The models that lists have shown so far, as they were last seen. */
export function shownRows(): FunctionItem[] {
  const pages = queryClient.getQueriesData<FunctionPage>({ queryKey: ['functions', 'page'] })
  return pages.flatMap(([, page]) => page?.rows ?? [])
}

/** The names of the own fields that they have, to be offered where one is asked for. */
export function shownFieldNames(): string[] {
  return [...new Set(shownRows().flatMap(({ Fields }) => Object.keys(Fields)))].sort()
}
