import type { GraphNode } from '../../../../src-contract/graph.ts'
import { type Box, chainsOf, isConstant, type Picture, pictureOf, type Scope } from './build-graph.ts'

/** More boxes than this cannot be taken in at a glance; then nodes are folded into groups. */
const MOST_BOXES = 220
/** Nodes of a group where names tell nothing. */
const SECTION = 60

const pathOf = (node: GraphNode): string[] => (node.Name === '' ? [] : node.Name.split(/[/.]/).filter(Boolean))

/** Groups by the beginnings of the nodes' names, as deep as still gives few enough groups; null where names tell nothing. */
function byName(nodes: readonly GraphNode[]): Map<string, GraphNode[]> | null {
  const named = nodes.filter((node) => pathOf(node).length > 1)
  if (named.length < nodes.length * 0.6) return null
  let best: Map<string, GraphNode[]> | null = null
  for (let depth = 1; depth <= 8; depth += 1) {
    const groups = new Map<string, GraphNode[]>()
    for (const node of nodes) {
      const path = pathOf(node)
      const key = path.length > 1 ? path.slice(0, Math.min(depth, path.length - 1)).join('/') : ''
      const list = groups.get(key)
      if (list) list.push(node)
      else groups.set(key, [node])
    }
    if (groups.size > MOST_BOXES) break
    if (groups.size > 1) best = groups
  }
  return best
}

/** Groups of nodes that lie beside each other in the file, which is in the order of computation. */
function bySection(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const size = Math.max(SECTION, Math.ceil(nodes.length / MOST_BOXES))
  const groups = new Map<string, GraphNode[]>()
  for (let start = 0; start < nodes.length; start += size) {
    const part = nodes.slice(start, start + size)
    groups.set(`nodes ${part[0]?.Id ?? 0} to ${part.at(-1)?.Id ?? 0}`, part)
  }
  return groups
}

const chainBoxes = (nodes: readonly GraphNode[], outputs: readonly string[]): Box[] =>
  chainsOf(nodes, outputs).map((chain) => ({ kind: 'chain', id: `chain ${chain[0]?.Id}`, nodes: chain }))

/**
 * The picture of a scope, or of one opened group in it: chains of nodes where they are few enough to be taken in, groups where
 * they are not. `within` are the ids of the nodes of the opened group.
 */
export function foldGraph(scope: Scope, within: ReadonlySet<number> | null): Picture {
  const nodes = scope.nodes.filter((node) => !isConstant(node) && (within === null || within.has(node.Id)))
  const part: Scope = within === null ? scope : withEdges(scope, nodes)
  const chains = chainBoxes(nodes, part.outputs)
  if (chains.length <= MOST_BOXES) return pictureOf(part, chains)
  const groups = byName(nodes) ?? bySection(nodes)
  const boxes = [...groups].flatMap(([label, members]): Box[] => {
    if (members.length <= 3) return chainBoxes(members, part.outputs)
    return [
      {
        kind: 'group',
        id: `group ${label} ${members[0]?.Id}`,
        label: label === '' ? 'other nodes' : label,
        nodes: members,
      },
    ]
  })
  return pictureOf(part, boxes)
}

/** An opened group as a scope of its own: what comes in from outside, and what others use of it. */
function withEdges(scope: Scope, nodes: readonly GraphNode[]): Scope {
  const inside = new Set(nodes)
  const made = new Set(nodes.flatMap(({ Outputs }) => Outputs))
  const used = new Set(scope.nodes.filter((node) => !inside.has(node)).flatMap(({ Inputs }) => Inputs))
  const constants = new Set(scope.nodes.filter(isConstant).flatMap(({ Outputs }) => Outputs))
  const comes = new Set(nodes.flatMap(({ Inputs }) => Inputs))
  return {
    ...scope,
    nodes,
    inputs: [...comes].filter((value) => value !== '' && !made.has(value) && !constants.has(value)),
    outputs: [...made].filter((value) => used.has(value) || scope.outputs.includes(value)),
  }
}
