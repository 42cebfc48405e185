import type { Dimension, Node } from '../decode/model.ts'

/** The shape of a value by its name; null where it is not known. */
export type ShapeOf = (name: string | undefined) => readonly Dimension[] | null

/** Counts the multiply-accumulates of one node from its shapes; null where one that it needs is unknown. */
export type MacsRule = (node: Node, shapeOf: ShapeOf) => number | null

/** The product of two numbers; null where one is not known. */
export function times(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left * right
}
