import type { GraphEdge, GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { subScopesOf } from './sub-scopes.ts'

/** What of a scope does not depend on its inputs: the nodes that compute it, and the values they make, with whose shape is known. */
export type Constants = { nodes: ReadonlySet<number>; values: ReadonlyMap<string, GraphEdge> }

/** Operators whose answer differs from run to run. */
const isRandom = (type: string) => /^(Random|Bernoulli|Multinomial|Dropout)/.test(type)
/** Operators that leave the shape of their first input as it is. */
const keepsShape = (type: string) =>
  /^(DequantizeLinear|QuantizeLinear|Cast|CastLike|Identity|Neg|Sqrt|Abs)$/.test(type)

type Part = {
  inputs: readonly string[]
  outputs: readonly string[]
  nodes: readonly GraphNode[]
  values: ReadonlyMap<string, GraphEdge>
}

/**
 * Finds what is the same whatever goes in: `Constant` nodes, and what is made of stored tensors alone, such as a quantized weight that is
 * dequantized; `around` is what is known to be so outside. A picture shows these with what uses them: a weight is a weight, however it was stored.
 */
export function constantsOf(
  { inputs, outputs, nodes, values }: Part,
  around: ReadonlyMap<string, GraphEdge> = new Map(),
): Constants {
  const isStored = (value: string) => values.get(value)?.Stored === true
  // A graph that takes nothing would have nothing left to show.
  const takesSomething = inputs.some((value) => !isStored(value))
  const given = new Set(outputs)
  const found = new Set<number>()
  const made = new Map(around)
  for (const node of nodes) {
    const constant = node.Type === 'Constant' && node.Inputs.length === 0
    if (!constant) {
      const taken = node.Inputs.filter((value) => value !== '')
      const fixed = taken.length > 0 && taken.every((value) => isStored(value) || made.has(value))
      if (!fixed || !takesSomething || isRandom(node.Type) || subScopesOf(node).length > 0) continue
      if (node.Outputs.some((value) => given.has(value))) continue
    }
    found.add(node.Id)
    const [first = ''] = node.Inputs
    const source = keepsShape(node.Type) ? (made.get(first) ?? values.get(first)) : undefined
    for (const name of node.Outputs) {
      const known = values.get(name)
      made.set(name, {
        Name: name,
        Kind: 'tensor',
        ElementType: known?.ElementType ?? 'undefined',
        Type: known?.Type ?? '',
        Shape: known?.Shape ?? source?.Shape ?? null,
        Stored: known?.Stored ?? false,
      })
    }
  }
  return { nodes: found, values: made }
}
