import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { shortSymbols } from '../../../../../src-contract/words/signature-line.ts'
import { type Link, linksToArrows } from './links-to-arrows.ts'
import type { Box, Picture } from './picture.ts'
import { type Scope, takenBy } from './scope.ts'

/** Who makes each value, and who uses it, among the given nodes. */
export function wiring(nodes: readonly GraphNode[], scope: Pick<Scope, 'captures'>) {
  const maker = new Map<string, GraphNode>()
  const users = new Map<string, GraphNode[]>()
  for (const node of nodes) {
    for (const value of node.Outputs) if (value !== '') maker.set(value, node)
    for (const value of new Set(takenBy(node, scope))) {
      if (value === '') continue
      const list = users.get(value)
      if (list) list.push(node)
      else users.set(value, [node])
    }
  }
  return { maker, users }
}

/** Nodes of a chain at most; a longer one goes on in the next box. */
export const LONGEST_CHAIN = 12

/** Cuts the nodes into chains: each next one is the only user of the one before, and uses nothing else that is computed. */
export function chainsOf(
  nodes: readonly GraphNode[],
  scope: Pick<Scope, 'captures' | 'outputs' | 'constants'>,
): GraphNode[][] {
  const drawn = nodes.filter(({ Id }) => !scope.constants.nodes.has(Id))
  const { maker, users } = wiring(drawn, scope)
  const given = new Set(scope.outputs)
  const next = new Map<GraphNode, GraphNode>()
  const hasBefore = new Set<GraphNode>()
  for (const node of drawn) {
    const after = new Set(node.Outputs.flatMap((value) => users.get(value) ?? []))
    const [only] = after
    if (after.size !== 1 || !only || node.Outputs.some((value) => given.has(value))) continue
    const before = new Set(takenBy(only, scope).flatMap((value) => maker.get(value) ?? []))
    if (before.size !== 1) continue
    next.set(node, only)
    hasBefore.add(only)
  }
  const chains: GraphNode[][] = []
  for (const node of drawn) {
    if (hasBefore.has(node)) continue
    let chain = [node]
    chains.push(chain)
    for (let after = next.get(node); after; after = next.get(after)) {
      if (chain.length < LONGEST_CHAIN) chain.push(after)
      else {
        chain = [after]
        chains.push(chain)
      }
    }
  }
  return chains
}

/** The picture of boxes that are given: their arrows, and the in- and outputs of the scope around them. */
export function pictureOf(scope: Scope, boxes: readonly Box[]): Picture {
  const boxOfNode = new Map<number, string>()
  for (const box of boxes) if ('nodes' in box) for (const node of box.nodes) boxOfNode.set(node.Id, box.id)
  const shown = scope.nodes.filter((node) => boxOfNode.has(node.Id))
  const { maker, users } = wiring(shown, scope)
  const ends: Box[] = []
  const links: Link[] = []
  const usersOf = (value: string, from: string | undefined) => {
    const to = new Set((users.get(value) ?? []).flatMap((user) => boxOfNode.get(user.Id) ?? []))
    if (from !== undefined) to.delete(from)
    return to
  }
  const isStored = (value: string) => scope.values.get(value)?.Stored === true
  for (const value of scope.inputs) {
    if (isStored(value)) continue
    const id = `in ${value}`
    ends.push({ kind: 'input', id, value })
    links.push({ value, from: id, to: usersOf(value, id) })
  }
  const given = new Set(scope.outputs)
  for (const [value, node] of maker) {
    const from = boxOfNode.get(node.Id)
    const to = usersOf(value, from)
    if (given.has(value)) {
      const id = `out ${value}`
      ends.push({ kind: 'output', id, value })
      to.add(id)
    }
    if (from !== undefined && to.size > 0) links.push({ value, from, to })
  }
  // In- and outputs as the file orders them.
  const place = new Map(scope.outputs.map((value, index) => [`out ${value}`, index]))
  const ordered = [...ends].sort((left, right) => (place.get(left.id) ?? -1) - (place.get(right.id) ?? -1))
  const all = [...ordered, ...boxes]
  // In- and outputs first: then symbols have the short names here that the signature gives them.
  const edges = [...scope.inputs, ...scope.outputs]
    .filter((value) => !isStored(value))
    .map((value) => scope.values.get(value))
  const symbols = shortSymbols([...edges, ...scope.values.values()].flatMap((value) => value?.Shape ?? []))
  return { boxes: all, ...linksToArrows(all, links), boxOfNode, symbols }
}
