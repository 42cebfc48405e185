import type { GraphNode } from '../../../../src-contract/graph.ts'
import { type Scope, takenBy } from './scope.ts'

/**
 * A box of the picture: nodes that follow one another without a branch, a value that the scope takes or gives, or a group of
 * nodes that share the beginning of their names, repeat each other or lie beside each other; `note` says what is in it.
 */
export type Box =
  | { kind: 'input'; id: string; value: string }
  | { kind: 'output'; id: string; value: string }
  | { kind: 'chain'; id: string; nodes: readonly GraphNode[] }
  | { kind: 'group'; id: string; label: string; note: string; nodes: readonly GraphNode[] }

/** Nodes that may be drawn as one box. */
export type Group = { label: string; note: string; nodes: readonly GraphNode[] }

/** An arrow between two boxes, with the value that passes first along it. */
export type Arrow = { id: string; from: string; to: string; value: string; count: number }

export type Picture = { boxes: readonly Box[]; arrows: readonly Arrow[]; boxOfNode: ReadonlyMap<number, string> }

/** Constants are drawn with what uses them, not as boxes of their own. */
export const isConstant = (node: GraphNode): boolean => node.Type === 'Constant' && node.Inputs.length === 0

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
export function chainsOf(nodes: readonly GraphNode[], scope: Pick<Scope, 'captures' | 'outputs'>): GraphNode[][] {
  const drawn = nodes.filter((node) => !isConstant(node))
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
  const arrows = new Map<string, Arrow>()
  const draw = (from: string | undefined, to: string | undefined, value: string) => {
    if (from === undefined || to === undefined || from === to) return
    const id = `${from}→${to}`
    const known = arrows.get(id)
    if (!known) arrows.set(id, { id, from, to, value, count: 1 })
    else if (known.value !== value) known.count += 1
  }
  const ends: Box[] = []
  const stored = (value: string) => scope.values.get(value)?.Stored === true
  for (const value of scope.inputs) {
    if (stored(value)) continue
    const id = `in ${value}`
    ends.push({ kind: 'input', id, value })
    for (const user of users.get(value) ?? []) draw(id, boxOfNode.get(user.Id), value)
  }
  for (const [value, node] of maker)
    for (const user of users.get(value) ?? []) draw(boxOfNode.get(node.Id), boxOfNode.get(user.Id), value)
  for (const value of scope.outputs) {
    const node = maker.get(value)
    if (!node) continue
    const id = `out ${value}`
    ends.push({ kind: 'output', id, value })
    draw(boxOfNode.get(node.Id), id, value)
  }
  return { boxes: [...ends, ...boxes], arrows: [...arrows.values()], boxOfNode }
}
