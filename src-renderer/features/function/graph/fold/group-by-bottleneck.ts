import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { groupedNumber } from '../../../../../src-contract/words/human-number.ts'
import type { Group } from '../model/picture.ts'
import { isFixed, type Scope, takenBy } from '../model/scope.ts'
import { blockName, blockOperators } from './block-name.ts'
import { nodesText } from './group-by-name.ts'

/** A value that is needed for longer than this share of the nodes, such as a mask, goes past the blocks and not through them. */
const LONG_LIVED = 1 / 3
/** A block with more of the nodes than this tells nothing. */
const LARGEST_SHARE = 0.5
const FEWEST_BLOCKS = 4

/** Cuts nodes in the order of computation wherever one value alone goes on: those are the seams between a network's blocks. */
function segments(nodes: readonly GraphNode[], scope: Scope): GraphNode[][] {
  const madeAt = new Map<string, number>()
  const lastUse = new Map<string, number>()
  for (const [index, node] of nodes.entries()) {
    for (const value of node.Outputs) if (value !== '') madeAt.set(value, index)
    for (const value of takenBy(node, scope)) lastUse.set(value, index)
  }
  const ending = new Int32Array(nodes.length + 1)
  const parts: GraphNode[][] = []
  let part: GraphNode[] = []
  let live = 0
  const begin = (value: string, index: number) => {
    const last = lastUse.get(value) ?? index
    if (last <= index || last - index > nodes.length * LONG_LIVED) return
    live += 1
    ending[last] = (ending[last] ?? 0) + 1
  }
  for (const value of lastUse.keys()) if (!madeAt.has(value) && !isFixed(value, scope)) begin(value, -1)
  for (const [index, node] of nodes.entries()) {
    part.push(node)
    live -= ending[index] ?? 0
    for (const value of new Set(node.Outputs)) begin(value, index)
    if (live <= 1) {
      parts.push(part)
      part = []
    }
  }
  if (part.length > 0) parts.push(part)
  return parts
}

const kinds = (nodes: readonly GraphNode[]) => nodes.map(({ Type }) => Type).join(' ')

/** Nodes between two blocks, one after the other, belong together. */
function joinSingles(parts: readonly GraphNode[][]): GraphNode[][] {
  const joined: GraphNode[][] = []
  let chain: GraphNode[] | null = null
  for (const part of parts) {
    if (part.length > 1) {
      joined.push(part)
      chain = null
    } else if (chain) chain.push(...part)
    else {
      chain = [...part]
      joined.push(chain)
    }
  }
  return joined
}

/** Blocks that follow one another and are the same, as one: `6 × 11 nodes`. */
function joinEqual(parts: readonly GraphNode[][]): { nodes: GraphNode[]; times: number }[] {
  const joined: { nodes: GraphNode[]; times: number; pattern: string }[] = []
  for (const part of parts) {
    const pattern = kinds(part)
    const last = joined.at(-1)
    if (last?.pattern === pattern) {
      last.nodes.push(...part)
      last.times += 1
    } else joined.push({ nodes: [...part], times: 1, pattern })
  }
  return joined
}

/**
 * Groups of nodes between the values through which all must go, such as the modules of a convolutional network; null where a
 * graph has no such seams. Equal neighbours are joined where there would be more than `most` groups.
 */
export function groupsByBottleneck(nodes: readonly GraphNode[], scope: Scope, most: number): Group[] | null {
  const parts = joinSingles(segments(nodes, scope))
  const blocks = parts.filter(({ length }) => length > 3)
  if (blocks.length < FEWEST_BLOCKS || blocks.some(({ length }) => length > nodes.length * LARGEST_SHARE)) return null
  const found = parts.length > most ? joinEqual(parts) : parts.map((part) => ({ nodes: part, times: 1 }))
  const seen = new Map<string, number>()
  return found.map(({ nodes: members, times }) => {
    const one = members.slice(0, members.length / times)
    const name = blockName(one, scope)
    const number = name === null ? 0 : (seen.get(name) ?? 0) + 1
    if (name !== null) seen.set(name, number + times - 1)
    const numbers = times > 1 ? `s ${number}–${number + times - 1}` : ` ${number}`
    return {
      label: name === null ? blockOperators(one) : `${name}${numbers}`,
      note: times > 1 ? `${groupedNumber(times)} × ${nodesText(one.length)}` : nodesText(one.length),
      operators: name === null ? '' : blockOperators(one),
      nodes: members,
    }
  })
}
