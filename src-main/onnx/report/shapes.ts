import type { Dimension, Graph, Node } from '../decode/model.ts'
import { outputShape, type Shapes } from './shape-rules.ts'

/** A value whose shape the graph states otherwise than its node computes it. */
export type ShapeConflict = { name: string; stated: readonly Dimension[]; computed: readonly Dimension[] }

/** Shapes that the graph states: of initializers, inputs, outputs and whatever inner values its exporter wrote down. */
export function statedShapes(graph: Graph): Shapes {
  const shapes: Shapes = new Map()
  for (const list of [graph.values, graph.outputs, graph.inputs]) {
    for (const { name, type } of list) {
      if (type !== null && 'shape' in type && type.shape !== null) shapes.set(name, type.shape)
    }
  }
  for (const tensor of graph.initializers) shapes.set(tensor.name, tensor.dimensions)
  for (const { values, dimensions } of graph.sparseInitializers) shapes.set(values.name, dimensions)
  return shapes
}

/**
 * Puts down what follows from the inputs' shapes for a node's output. What the graph states is completed by it; where the two
 * contradict each other, what is computed is believed, and the conflict returned.
 */
export function propagateShape(node: Node, shapes: Shapes): ShapeConflict | null {
  const name = node.outputs[0]
  if (name === undefined || name === '') return null
  const computed = outputShape(node, shapes)
  if (computed === null) return null
  const stated = shapes.get(name)
  const agree = stated === undefined || isSame(stated, computed)
  shapes.set(name, stated !== undefined && agree ? stated.map((size, axis) => known(size, computed[axis])) : computed)
  return agree ? null : { name, stated, computed }
}

function isSame(stated: readonly Dimension[], computed: readonly Dimension[]): boolean {
  return (
    stated.length === computed.length &&
    stated.every((size, axis) => {
      const other = computed[axis]
      return typeof size !== 'number' || typeof other !== 'number' || size < 0 || size === other
    })
  )
}

function known(stated: Dimension, computed: Dimension | undefined): Dimension {
  return typeof computed === 'number' ? computed : (stated ?? computed ?? null)
}
