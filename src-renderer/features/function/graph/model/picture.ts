import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'

/**
 * A box of the picture: nodes that follow one another without a branch, a value that the scope takes or gives, or a group of
 * nodes that share the beginning of their names, repeat each other or lie beside each other; `note` and `operators` say what is in it.
 */
export type Box =
  | { kind: 'input'; id: string; value: string }
  | { kind: 'output'; id: string; value: string }
  | { kind: 'chain'; id: string; nodes: readonly GraphNode[] }
  | { kind: 'group'; id: string; label: string; note: string; operators?: string; nodes: readonly GraphNode[] }

/** Nodes that may be drawn as one box; `operators` are what is in it where the label does not say. */
export type Group = { label: string; note: string; operators?: string; nodes: readonly GraphNode[] }

/** An arrow between two boxes, with the value that passes first along it. */
export type Arrow = { id: string; from: string; to: string; value: string; count: number }

/** A value that comes from far away and is named at the box that takes it, so that no line has to cross the picture for it. */
export type Tap = { value: string; from: string }

export type Picture = {
  boxes: readonly Box[]
  arrows: readonly Arrow[]
  /** Of each box what it takes without an arrow. */
  taps: ReadonlyMap<string, readonly Tap[]>
  boxOfNode: ReadonlyMap<number, string>
  /** Short names of long symbolic sizes. */
  symbols: ReadonlyMap<string, string>
}
