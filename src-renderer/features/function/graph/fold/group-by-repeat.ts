import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { groupedNumber } from '../../../../../src-contract/words/human-number.ts'
import type { Group } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import { blockName, blockOperators } from './block-name.ts'
import { findRepeats, type Repeat } from './find-repeats.ts'
import { nodesText } from './group-by-name.ts'

const plainGroup = (nodes: readonly GraphNode[]): Group => ({
  label: blockOperators(nodes),
  note: nodesText(nodes.length),
  nodes,
})

/** How a repeated block is called, and its operators where the name does not say them. */
function named(nodes: readonly GraphNode[], scope: Scope): { name: string; operators: string } {
  const name = blockName(nodes, scope)
  return name === null
    ? { name: 'Block', operators: blockOperators(nodes) }
    : { name, operators: blockOperators(nodes) }
}

/** A run that is all there is: its blocks, several in one where they are too many. */
function blocksOf(nodes: readonly GraphNode[], { start, period, count }: Repeat, scope: Scope, most: number): Group[] {
  const together = Math.ceil(count / most)
  const groups: Group[] = []
  const { name, operators } = named(nodes.slice(start, start + period), scope)
  for (let block = 0; block < count; block += together) {
    const last = Math.min(count, block + together)
    const members = nodes.slice(start + block * period, start + last * period)
    groups.push({
      label: last - block > 1 ? `${name}s ${block + 1}–${last}` : `${name} ${block + 1}`,
      note: last - block > 1 ? `${last - block} × ${nodesText(period)}` : nodesText(period),
      operators,
      nodes: members,
    })
  }
  return groups
}

/** Where the operators of nodes repeat each other. */
export const repeatsOf = (nodes: readonly GraphNode[]): Repeat[] =>
  findRepeats(nodes.map(({ Domain, Type }) => `${Domain} ${Type}`))

/** The blocks of a graph that is hardly more than one block repeated, as transformers are; null for any other. */
export function groupsOfOneBlock(
  nodes: readonly GraphNode[],
  repeats: readonly Repeat[],
  scope: Scope,
  most: number,
): Group[] | null {
  const [only] = [...repeats].sort((left, right) => right.period * right.count - left.period * left.count)
  if (!only || only.period * only.count < nodes.length * 0.6) return null
  const end = only.start + only.period * only.count
  return [
    ...(only.start > 0 ? [plainGroup(nodes.slice(0, only.start))] : []),
    ...blocksOf(nodes, only, scope, most),
    ...(end < nodes.length ? [plainGroup(nodes.slice(end))] : []),
  ]
}

/** Groups of nodes whose operators repeat each other in the order of computation; null where nothing does. */
export function groupsByRepeat(nodes: readonly GraphNode[], repeats: readonly Repeat[], scope: Scope): Group[] | null {
  const covered = repeats.reduce((sum, { period, count }) => sum + period * count, 0)
  if (covered < nodes.length / 3) return null
  const groups: Group[] = []
  let at = 0
  for (const { start, period, count } of repeats) {
    if (start > at) groups.push(plainGroup(nodes.slice(at, start)))
    const members = nodes.slice(start, start + period * count)
    const block = members.slice(0, period)
    const name = blockName(block, scope)
    groups.push({
      label: name === null ? blockOperators(block) : `${name}s`,
      ...(name !== null && { operators: blockOperators(block) }),
      note: `${groupedNumber(count)} × ${nodesText(period)}`,
      nodes: members,
    })
    at = start + period * count
  }
  if (at < nodes.length) groups.push(plainGroup(nodes.slice(at)))
  return groups
}
