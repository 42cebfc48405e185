import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { chainsOf, LONGEST_CHAIN, pictureOf } from '../model/build-graph.ts'
import { inOrder } from '../model/in-order.ts'
import { once } from '../model/once.ts'
import type { Box, Group, Picture } from '../model/picture.ts'
import { type Scope, takenBy } from '../model/scope.ts'
import { groupsByBottleneck } from './group-by-bottleneck.ts'
import { groupsByName, nodesText } from './group-by-name.ts'
import { groupsByRepeat, groupsOfOneBlock, repeatsOf } from './group-by-repeat.ts'

/** More boxes than this cannot be taken in at a glance; then nodes are folded into groups. */
const MOST_BOXES = 48
/** So many boxes are still better than groups of nodes that have nothing in common. */
const MOST_CHAINS = 220
/** With more boxes than this at once no picture stays quick; they are only shown folded. */
const MOST_UNFOLDED = 50_000
/** Nodes of a group where neither names nor repetition tell anything. */
const SECTION = 40

/** Whether groups are folded as far as it helps, or every node has its own place. */
export type Folding = 'folded' | 'unfolded'

/** Groups of nodes that lie beside each other in the file, which is in the order of computation. */
function bySection(nodes: readonly GraphNode[]): Group[] {
  const size = Math.max(SECTION, Math.ceil(nodes.length / MOST_BOXES))
  const groups: Group[] = []
  for (let start = 0; start < nodes.length; start += size) {
    const part = nodes.slice(start, start + size)
    groups.push({
      label: `nodes ${part[0]?.Id ?? 0} to ${part.at(-1)?.Id ?? 0}`,
      note: nodesText(part.length),
      nodes: part,
    })
  }
  return groups
}

const chainBoxes = (nodes: readonly GraphNode[], scope: Scope): Box[] =>
  chainsOf(nodes, scope).map((chain) => ({ kind: 'chain', id: `chain ${chain[0]?.Id}`, nodes: chain }))

/** Boxes of groups; small ones are drawn node by node. */
const groupBoxes = (groups: readonly Group[], scope: Scope): Box[] =>
  groups.flatMap((group): Box[] =>
    group.nodes.length <= 3
      ? chainBoxes(group.nodes, scope)
      : [{ kind: 'group', id: `group ${group.label} ${group.nodes[0]?.Id}`, ...group }],
  )

/** Of several ways to fold, one that leaves few enough boxes; a fold into a single one tells nothing. */
function folded(nodes: readonly GraphNode[], chains: () => readonly Box[], scope: Scope): readonly Box[] {
  // Chains are long to find where there are many nodes, and then they are certainly more than groups.
  const isMore = (boxes: number) => nodes.length / LONGEST_CHAIN > boxes || chains().length > boxes
  const repeats = once(() => repeatsOf(nodes))
  const ways = [
    () => groupsByName(nodes, MOST_BOXES),
    () => groupsOfOneBlock(nodes, repeats(), scope, MOST_BOXES),
    () => groupsByBottleneck(nodes, scope, MOST_BOXES),
    () => groupsByRepeat(nodes, repeats(), scope),
  ]
  for (const way of ways) {
    const groups = way()
    if (groups === null) continue
    const boxes = groupBoxes(groups, scope)
    if (boxes.length > 1 && boxes.length <= 2 * MOST_BOXES && isMore(boxes.length)) return boxes
  }
  return isMore(MOST_CHAINS) ? groupBoxes(bySection(nodes), scope) : chains()
}

/**
 * The picture of a scope, or of one opened group in it: chains of nodes where they are few enough to be taken in, groups where
 * they are not. `within` are the ids of the nodes of the opened group. `foldable` tells whether folding makes a difference, `tooMany`
 * that it does and that all nodes at once are more than a picture can show.
 */
export function foldGraph(
  scope: Scope,
  within: ReadonlySet<number> | null,
  folding: Folding = 'folded',
): Picture & { foldable: boolean; tooMany: boolean } {
  const drawn = scope.nodes.filter(({ Id }) => !scope.constants.nodes.has(Id) && (within === null || within.has(Id)))
  const nodes = inOrder(drawn, scope)
  const part: Scope = within === null ? scope : withEdges(scope, nodes)
  const chains = once(() => chainBoxes(nodes, part))
  const many = nodes.length / LONGEST_CHAIN > MOST_BOXES || chains().length > MOST_BOXES
  const boxes = many ? folded(nodes, chains, part) : chains()
  const isFolded = many && boxes !== (nodes.length / LONGEST_CHAIN > MOST_CHAINS ? null : chains())
  const tooMany = isFolded && nodes.length > MOST_UNFOLDED && chains().length > MOST_UNFOLDED
  const foldable = isFolded && !tooMany
  return { ...pictureOf(part, folding === 'unfolded' && foldable ? chains() : boxes), foldable, tooMany }
}

/** An opened group as a scope of its own: what comes in from outside, and what others use of it. */
function withEdges(scope: Scope, nodes: readonly GraphNode[]): Scope {
  const inside = new Set(nodes)
  const made = new Set(nodes.flatMap(({ Outputs }) => Outputs))
  const used = new Set(scope.nodes.filter((node) => !inside.has(node)).flatMap((node) => [...takenBy(node, scope)]))
  const comes = new Set(nodes.flatMap((node) => [...takenBy(node, scope)]))
  const given = new Set(scope.outputs)
  return {
    ...scope,
    nodes,
    inputs: [...comes].filter((value) => value !== '' && !made.has(value) && !scope.constants.values.has(value)),
    outputs: [...made].filter((value) => used.has(value) || given.has(value)),
  }
}
