import { useQuery } from '@tanstack/react-query'
import { type GraphPage, largestGraphPage } from '../../../../src-contract/graph.ts'
import { getGraphPage } from '../../../api/analysis.ts'
import type { Scope } from './build-graph.ts'

/** Every page of a scope, one after the other. */
async function allPages(uuid: string, scope: string, signal: AbortSignal): Promise<Scope> {
  const pages: GraphPage[] = []
  let offset = 0
  for (;;) {
    const page = await getGraphPage(uuid, { scope, offset, limit: largestGraphPage }, { signal })
    pages.push(page)
    offset += page.Nodes.length
    if (page.Nodes.length === 0 || offset >= page.Total) break
  }
  const [first] = pages
  return {
    name: first?.Name ?? '',
    parent: first?.Parent ?? null,
    inputs: first?.Inputs ?? [],
    outputs: first?.Outputs ?? [],
    nodes: pages.flatMap(({ Nodes }) => Nodes),
    values: new Map(pages.flatMap(({ Values }) => Values).map((value) => [value.Name, value])),
  }
}

/** All nodes of a scope of a model's graph. */
export function useScope(uuid: string, scope: string) {
  return useQuery({
    queryKey: ['function', uuid, 'graph', scope],
    queryFn: ({ signal }) => allPages(uuid, scope, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}
