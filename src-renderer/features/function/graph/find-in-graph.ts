import type { GraphNode } from '../../../../src-contract/contract/models/graph.ts'
import type { Scope } from './model/scope.ts'

/** A scope that is searched. */
export type Searched = Pick<Scope, 'id' | 'nodes'>

/** A node that a search names; `value` is the tensor by which it was found, where it was not by its operator or name. */
export type Hit = { scope: Searched; node: GraphNode; value: string | null }

/** Hits that are kept; all are counted. */
const KEPT = 1_000

/** Which of a node's words holds the wanted one: its operator or name, else a value that it makes or takes. */
function match(node: GraphNode, word: string): string | null | undefined {
  const has = (text: string) => text.toLowerCase().includes(word)
  if (has(node.Type) || has(node.Name)) return null
  return node.Outputs.find(has) ?? node.Inputs.find(has)
}

/** The nodes of all scopes that a search names, those of the first scope first. */
export function findInGraph(scopes: readonly Searched[], search: string): { hits: Hit[]; count: number } {
  const word = search.trim().toLowerCase()
  const hits: Hit[] = []
  let count = 0
  if (word === '') return { hits, count }
  for (const scope of scopes)
    for (const node of scope.nodes) {
      const value = match(node, word)
      if (value === undefined) continue
      count += 1
      if (hits.length < KEPT) hits.push({ scope, node, value })
    }
  return { hits, count }
}
