import type { GraphEdge, GraphNode } from '../../../../src-contract/graph.ts'
import type { Inspection } from '../../../../src-contract/inspection.ts'

/** A scope of a graph with all of its nodes: the main graph, a sub-graph or a function. */
export type Scope = {
  id: string
  name: string
  parent: string | null
  inputs: readonly string[]
  outputs: readonly string[]
  nodes: readonly GraphNode[]
  values: ReadonlyMap<string, GraphEdge>
  /** What the sub-graphs of a node take from this scope by name, as the branches of an If do. */
  captures: ReadonlyMap<number, readonly string[]>
}

/** The scopes that hang on a node's attributes. */
export const subScopesOf = (node: GraphNode): string[] =>
  node.Attributes.flatMap(({ Scope, Scopes }) => [...(Scope === undefined ? [] : [Scope]), ...(Scopes ?? [])])

/** All that a node takes: its inputs, and what its sub-graphs take from around it. */
export const takenBy = (node: GraphNode, scope: Pick<Scope, 'captures'>): readonly string[] => {
  const captured = scope.captures.get(node.Id)
  return captured === undefined ? node.Inputs : [...node.Inputs, ...captured]
}

/** The names that a scope uses and does not define, its own sub-graphs included. */
export function freeNames(scope: Scope): string[] {
  const defined = new Set([...scope.inputs, ...scope.nodes.flatMap(({ Outputs }) => Outputs)])
  const used = new Set([...scope.nodes.flatMap((node) => takenBy(node, scope)), ...scope.outputs])
  return [...used].filter((name) => name !== '' && !defined.has(name) && scope.values.get(name)?.Stored !== true)
}

/**
 * The scope with what the report knows besides: the types and shapes of its constants, and in a sub-graph the values from around it as
 * its inputs.
 */
export function completeScope(scope: Scope, report: Pick<Inspection, 'Initializers'>): Scope {
  const values = new Map(scope.values)
  for (const { Scope: holder, Name, ElementType, Shape } of report.Initializers)
    if (holder === scope.id && !values.has(Name))
      values.set(Name, { Name, Kind: 'tensor', ElementType, Type: '', Shape, Stored: true })
  const whole = { ...scope, values }
  const outer = scope.id.includes('/') ? freeNames(whole) : []
  return { ...whole, inputs: [...scope.inputs, ...outer] }
}
