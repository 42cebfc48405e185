import type { QueryClient } from '@tanstack/react-query'
import { queryOptions } from '@tanstack/react-query'
import { type GraphPage, largestGraphPage } from '../../../../../src-contract/contract/models/graph.ts'
import { operations } from '../../../../../src-contract/operations/operations.ts'
import { call } from '../../../../lib/api/client.ts'
import { freeNames, type ReadScope } from './scope.ts'
import { subScopesOf } from './sub-scopes.ts'

/** The model whose graph it is; the file's digest, since the graph changes with the file alone. */
export type GraphOf = { uuid: string; sha256: string }

/** Sub-graphs that are read along with a scope, to see what they take from it; more of them cost more than they tell. */
const MOST_WITHIN = 64

async function allPages(uuid: string, scope: string, signal: AbortSignal): Promise<ReadScope> {
  const page = (offset: number) => {
    const query = { Scope: scope, Offset: String(offset), Limit: String(largestGraphPage) }
    return call(operations.getGraph, { uuid, query, signal })
  }
  const first = await page(0)
  const offsets: number[] = []
  for (let offset = first.Nodes.length; offset < first.Total && first.Nodes.length > 0; offset += largestGraphPage)
    offsets.push(offset)
  const pages: GraphPage[] = [first, ...(await Promise.all(offsets.map(page)))]
  return {
    id: scope,
    name: first.Name,
    parent: first.Parent,
    inputs: first.Inputs,
    outputs: first.Outputs,
    nodes: pages.flatMap(({ Nodes }) => Nodes),
    values: new Map(pages.flatMap(({ Values }) => Values).map((value) => [value.Name, value])),
    captures: new Map(),
    around: [],
    sizes: new Map(),
  }
}

/** The nodes of a scope as the file has them, without what sub-graphs take. */
const plainScopeQuery = (graph: GraphOf, scope: string) =>
  queryOptions({
    queryKey: ['graph', graph.uuid, graph.sha256, scope],
    queryFn: ({ signal }) => allPages(graph.uuid, scope, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 120_000,
  })

/** What is left of the sub-graphs that may still be read. */
type Budget = { left: number }

async function withCaptures(scope: ReadScope, graph: GraphOf, client: QueryClient, budget: Budget): Promise<ReadScope> {
  const captures = new Map<number, string[]>()
  const sizes = new Map<string, number>()
  for (const node of scope.nodes) {
    const inner = subScopesOf(node)
    if (inner.length === 0 || inner.length > budget.left) continue
    budget.left -= inner.length
    const read = await Promise.all(
      inner.map(async (id) => withCaptures(await client.fetchQuery(plainScopeQuery(graph, id)), graph, client, budget)),
    )
    for (const { id, nodes } of read) sizes.set(id, nodes.length)
    const taken = new Set(read.flatMap(freeNames))
    captures.set(
      node.Id,
      [...taken].filter((name) => !node.Inputs.includes(name)),
    )
  }
  return captures.size === 0 ? scope : { ...scope, captures, sizes }
}

/** The scopes around one, the nearest first: `main/2.body/7.then_branch` lies in `main/2.body` and in `main`. */
function parentsOf(scope: string): string[] {
  const steps = scope.split('/')
  return steps.slice(1).map((_, index) => steps.slice(0, steps.length - 1 - index).join('/'))
}

/** A scope with what its sub-graphs take from it. */
export const scopeQuery = (graph: GraphOf, scope: string, client: QueryClient) =>
  queryOptions({
    queryKey: ['graph', graph.uuid, graph.sha256, scope, 'captures'],
    queryFn: async () => {
      const plain = await client.fetchQuery(plainScopeQuery(graph, scope))
      const whole = await withCaptures(plain, graph, client, { left: MOST_WITHIN })
      return {
        ...whole,
        around: await Promise.all(parentsOf(scope).map((id) => client.fetchQuery(plainScopeQuery(graph, id)))),
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 120_000,
  })

/** Scopes and nodes that a search looks through at most. */
const MOST_SCOPES = 1_000
const AT_ONCE = 8

/** Everything that can be searched; `complete` is false where a model has more sub-graphs than are read. */
export type WholeGraph = { scopes: readonly ReadScope[]; complete: boolean }

/** Every scope of a model: the main graph, its functions, and all sub-graphs of both. */
export const wholeGraphQuery = (graph: GraphOf, functions: readonly string[], client: QueryClient) =>
  queryOptions({
    queryKey: ['graph', graph.uuid, graph.sha256, 'whole'],
    queryFn: async (): Promise<WholeGraph> => {
      const scopes: ReadScope[] = []
      const waiting = ['main', ...functions]
      while (waiting.length > 0 && scopes.length < MOST_SCOPES) {
        const batch = waiting.splice(0, AT_ONCE)
        const read = await Promise.all(batch.map((id) => client.fetchQuery(plainScopeQuery(graph, id))))
        scopes.push(...read)
        waiting.push(...read.flatMap(({ nodes }) => nodes.flatMap(subScopesOf)))
      }
      return { scopes, complete: waiting.length === 0 }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 120_000,
  })
