import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { type Scope, takenBy } from './scope.ts'

/**
 * The nodes in an order of computation: the file's own where each node stands after what it needs, as it should; else each node moved
 * before the first that needs it. Nodes of a cycle stay as they come.
 */
export function inOrder(nodes: readonly GraphNode[], scope: Pick<Scope, 'captures'>): readonly GraphNode[] {
  const place = new Map<string, number>()
  for (const [index, { Outputs }] of nodes.entries())
    for (const value of Outputs) if (value !== '') place.set(value, index)
  const needs = (index: number): number[] => {
    const node = nodes[index]
    return node ? takenBy(node, scope).flatMap((value) => place.get(value) ?? []) : []
  }
  if (nodes.every((_, index) => needs(index).every((other) => other < index))) return nodes
  const ordered: GraphNode[] = []
  const seen = new Uint8Array(nodes.length)
  for (let root = 0; root < nodes.length; root += 1) {
    const path = seen[root] ? [] : [{ index: root, waiting: needs(root) }]
    seen[root] = 1
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.waiting.shift()
      if (next === undefined) {
        const node = nodes[top.index]
        if (node) ordered.push(node)
        path.pop()
      } else if (!seen[next]) {
        seen[next] = 1
        path.push({ index: next, waiting: needs(next) })
      }
    }
  }
  return ordered
}
