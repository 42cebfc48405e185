import type { GraphNode } from '../../../../src-contract/graph.ts'
import type { Box } from './build-graph.ts'
import type { Scope } from './scope.ts'

export const ROW = 24
const PADDING = 8
/** Width of a letter of the monospaced type at 12 px. */
const LETTER = 7.3

/** The shape of a node's stored weight, which says most about it. */
export function weightText(node: GraphNode, scope: Scope): string {
  const weight = node.Inputs.map((value) => scope.values.get(value)).find(
    (value) => value?.Stored && value.Shape && value.Shape.length > 1,
  )
  return weight?.Shape?.join('×') ?? ''
}

const valueText = (value: string): string => (value.length > 28 ? `…${value.slice(-27)}` : value)

/** What is written on a box. */
export function boxLines(box: Box, scope: Scope): string[] {
  if (box.kind === 'input' || box.kind === 'output') return [valueText(box.value)]
  if (box.kind === 'group') return [valueText(box.label), box.note]
  return box.nodes.map((node) => `${node.Type} ${weightText(node, scope)}`)
}

/** The space that a box takes; known before it is drawn, since the layout needs it. */
export function boxSize(box: Box, scope: Scope): { width: number; height: number } {
  const lines = boxLines(box, scope)
  const longest = Math.max(...lines.map((line) => line.length))
  return { width: Math.max(90, Math.ceil(longest * LETTER) + 28), height: lines.length * ROW + PADDING }
}
