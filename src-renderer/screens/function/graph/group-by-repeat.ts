import type { GraphNode } from '../../../../src-contract/graph.ts'
import { groupedNumber } from '../../../../src-contract/human-number.ts'
import type { Group } from './build-graph.ts'
import { findRepeats, type Repeat } from './find-repeats.ts'
import { nodesText } from './group-by-name.ts'

const SHOWN = 3

/** `Conv, Relu, MaxPool …`: what a block begins with. */
function blockLabel(nodes: readonly GraphNode[]): string {
  const words = [...new Set(nodes.map(({ Type }) => Type))]
  return words.length > SHOWN ? `${words.slice(0, SHOWN).join(', ')} …` : words.join(', ')
}

const plainGroup = (nodes: readonly GraphNode[]): Group => ({
  label: blockLabel(nodes),
  note: nodesText(nodes.length),
  nodes,
})

/** A run that is all there is: its blocks, several in one where they are too many. */
function blocksOf(nodes: readonly GraphNode[], { start, period, count }: Repeat, most: number): Group[] {
  const together = Math.ceil(count / most)
  const groups: Group[] = []
  for (let block = 0; block < count; block += together) {
    const last = Math.min(count, block + together)
    const members = nodes.slice(start + block * period, start + last * period)
    groups.push({
      label: last - block > 1 ? `blocks ${block + 1}–${last}` : `block ${block + 1}`,
      note: last - block > 1 ? `${last - block} × ${nodesText(period)}` : nodesText(period),
      nodes: members,
    })
  }
  return groups
}

/** Groups of nodes whose operators repeat each other in the order of computation; null where nothing does. */
export function groupsByRepeat(nodes: readonly GraphNode[], most: number): Group[] | null {
  const repeats = findRepeats(nodes.map(({ Domain, Type }) => `${Domain} ${Type}`))
  const covered = repeats.reduce((sum, { period, count }) => sum + period * count, 0)
  if (covered < nodes.length / 3) return null
  const [only] = repeats
  if (only && repeats.length === 1 && covered >= nodes.length * 0.8) {
    const end = only.start + covered
    return [
      ...(only.start > 0 ? [plainGroup(nodes.slice(0, only.start))] : []),
      ...blocksOf(nodes, only, most),
      ...(end < nodes.length ? [plainGroup(nodes.slice(end))] : []),
    ]
  }
  const groups: Group[] = []
  let at = 0
  for (const { start, period, count } of repeats) {
    if (start > at) groups.push(plainGroup(nodes.slice(at, start)))
    const members = nodes.slice(start, start + period * count)
    groups.push({
      label: blockLabel(members.slice(0, period)),
      note: `${groupedNumber(count)} × ${nodesText(period)}`,
      nodes: members,
    })
    at = start + period * count
  }
  if (at < nodes.length) groups.push(plainGroup(nodes.slice(at)))
  return groups
}
