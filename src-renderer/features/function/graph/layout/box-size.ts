import { elementTypeInfo } from '../../../../../src-contract/contract/models/element-type.ts'
import type { GraphEdge, GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { type Dimension, dimensionText } from '../../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber } from '../../../../../src-contract/words/human-number.ts'
import { shortType } from '../../../../../src-contract/words/signature-line.ts'
import type { Box, Picture } from '../model/picture.ts'
import type { InnerGraph, Scope } from '../model/scope.ts'

export const ROW = 24
/** Height of the names of values that come from far away. */
export const TAP_ROW = 20
const PADDING = 8
/** Width of a letter of the monospaced type at 12 px. */
export const LETTER = 7.3

const LONGEST_VALUE = 28
const LONGEST_LABEL = 44
const LONGEST_TAP = 22
const MOST_TAPS = 3

const cut = (text: string, longest: number) => (text.length > longest ? `…${text.slice(1 - longest)}` : text)

/** Sizes of a shape, long symbols by their short names: `batch×3×224×224`. */
export const shapeWords = (shape: readonly Dimension[], symbols: ReadonlyMap<string, string>): string =>
  shape.length === 0 ? 'scalar' : shape.map((size) => symbols.get(String(size)) ?? dimensionText(size)).join('×')

/** The shape of a node's weight, stored or made of what is stored, which says most about the node. */
export function weightText(node: GraphNode, scope: Pick<Scope, 'values' | 'constants'>): string {
  for (const name of node.Inputs) {
    const made = scope.constants.values.get(name)
    const value = scope.values.get(name)
    const shape = made?.Shape ?? (value?.Stored ? value.Shape : null)
    if (shape && shape.length > 1) return shape.join('×')
  }
  return ''
}

/** A path is known by its end, a row of operators by its beginning. */
const groupLabel = (label: string): string =>
  label.includes(' · ') || label.length <= LONGEST_LABEL ? label : cut(label, LONGEST_LABEL)

/** `then_branch · 40 nodes`. */
export const innerText = ({ name, nodes }: InnerGraph): string =>
  nodes === null ? name : `${name} · ${groupedNumber(nodes)} ${nodes === 1 ? 'node' : 'nodes'}`

/** The type and the shape of a value that a scope takes or gives; empty where nothing is known. */
function valueText(value: string, scope: Scope, symbols: ReadonlyMap<string, string>): string {
  return typeWords(scope.values.get(value), symbols, LONGEST_VALUE)
}

/**
 * `f32 1×3×224×224` or `seq(f32)`, as the signature says it, the shape no longer than so many letters; empty where nothing is known.
 */
export function typeWords(
  edge: GraphEdge | undefined,
  symbols: ReadonlyMap<string, string>,
  longest = Infinity,
): string {
  if (!edge || edge.ElementType === 'undefined') return ''
  const isTensor = edge.Kind === 'tensor' || edge.Kind === 'sparse'
  const type = edge.Kind === 'tensor' ? elementTypeInfo(edge.ElementType).short : shortType(edge.Type) || edge.Kind
  return isTensor && edge.Shape ? `${type} ${cut(shapeWords(edge.Shape, symbols), longest)}` : type
}

/** What a box says of the values that it takes from far away, and of how many there is no room. */
export function tapTexts(taps: readonly { value: string }[]): string[] {
  const shown = taps.slice(0, MOST_TAPS).map(({ value }) => cut(value, LONGEST_TAP))
  return taps.length > MOST_TAPS ? [...shown, `+${taps.length - MOST_TAPS}`] : shown
}

/** What is written on a box. */
export function boxLines(box: Box, scope: Scope, symbols: ReadonlyMap<string, string>): string[] {
  if (box.kind === 'input' || box.kind === 'output')
    return [cut(box.value, LONGEST_VALUE), valueText(box.value, scope, symbols)].filter((line) => line !== '')
  if (box.kind === 'group') {
    const lines = [groupLabel(box.label), box.note]
    return box.operators ? [...lines, box.operators] : lines
  }
  return box.nodes.flatMap((node) => [
    `${node.Type} ${weightText(node, scope)}`,
    ...(scope.inner.get(node.Id) ?? []).map((inner) => `  ${innerText(inner)}  `),
  ])
}

/** The full name of what a box says, or of the node of a chain. */
export function boxTitle(box: Box, node: number | null): string {
  if (box.kind === 'group') return `${box.label}: double-click to open`
  if (box.kind !== 'chain') return box.value
  const one = box.nodes.find(({ Id }) => Id === node)
  return one ? [one.Type, one.Name].filter((word) => word !== '').join(' ') : ''
}

/** The space that a box takes; known before it is drawn, since the layout needs it. */
export function boxSize(
  box: Box,
  scope: Scope,
  { taps, symbols }: Pick<Picture, 'taps' | 'symbols'>,
): { width: number; height: number } {
  const lines = boxLines(box, scope, symbols)
  const tapped = tapTexts(taps.get(box.id) ?? [])
  const longest = Math.max(1, ...lines.map((line) => line.length))
  const tapWidth = tapped.reduce((sum, text) => sum + text.length * LETTER + 22, 8)
  const isEnd = box.kind === 'input' || box.kind === 'output'
  const height = isEnd ? lines.length * 18 + 12 : lines.length * ROW + PADDING
  return {
    width: Math.max(90, Math.ceil(longest * LETTER) + (isEnd ? 36 : 28), tapped.length > 0 ? Math.ceil(tapWidth) : 0),
    height: height + (tapped.length > 0 ? TAP_ROW : 0),
  }
}
