import type { GraphEdge, GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import type { Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import { type Constants, constantsOf } from './constants.ts'
import { functionScope } from './scope-words.ts'
import { namedSubScopesOf } from './sub-scopes.ts'

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
  /** What does not depend on the inputs; it is drawn with what uses it. */
  constants: Constants
  /** The scopes around this one, the nearest first: their values can be used here by name. */
  around: readonly Scope[]
  /** The graphs inside nodes: sub-graphs, and functions of the model that they call. */
  inner: ReadonlyMap<number, readonly InnerGraph[]>
}

/** A scope as it was read; `sizes` are the nodes of the sub-graphs that were read along. */
export type ReadScope = Omit<Scope, 'constants' | 'inner' | 'around'> & {
  around: readonly ReadScope[]
  sizes: ReadonlyMap<string, number>
}

/** A graph inside a node; `nodes` is null where it was not read. */
export type InnerGraph = { name: string; scope: string; nodes: number | null }

/** All that a node takes: its inputs, and what its sub-graphs take from around it. */
export const takenBy = (node: GraphNode, scope: Pick<Scope, 'captures'>): readonly string[] => {
  const captured = scope.captures.get(node.Id)
  return captured === undefined ? node.Inputs : [...node.Inputs, ...captured]
}

/** Whether a value is left out or the same whatever goes into the scope. */
export const isFixed = (value: string, { values, constants }: Pick<Scope, 'values' | 'constants'>): boolean =>
  value === '' || constants.values.has(value) || values.get(value)?.Stored === true

/** The names that a scope uses and does not define, its own sub-graphs included. */
export function freeNames(scope: Pick<Scope, 'inputs' | 'outputs' | 'nodes' | 'values' | 'captures'>): string[] {
  const defined = new Set([...scope.inputs, ...scope.nodes.flatMap(({ Outputs }) => Outputs)])
  const used = new Set([...scope.nodes.flatMap((node) => takenBy(node, scope)), ...scope.outputs])
  return [...used].filter((name) => name !== '' && !defined.has(name) && scope.values.get(name)?.Stored !== true)
}

/** The graphs inside nodes: their branches and bodies, and the functions of the model that they call. */
function innerGraphs({ nodes, sizes }: ReadScope, functions: Inspection['Functions']): Map<number, InnerGraph[]> {
  const byName = new Map(functions.map((made) => [`${made.Domain} ${made.Name}`, made]))
  const inner = new Map<number, InnerGraph[]>()
  for (const node of nodes) {
    const called = byName.size > 0 ? byName.get(`${node.Domain} ${node.Type}`) : undefined
    const holds = node.Attributes.some(({ Scope: one, Scopes }) => one !== undefined || Scopes !== undefined)
    if (!called && !holds) continue
    const graphs = namedSubScopesOf(node).map(({ name, scope }) => ({ name, scope, nodes: sizes.get(scope) ?? null }))
    if (called) graphs.push({ name: 'function', scope: functionScope(called), nodes: called.Nodes })
    inner.set(node.Id, graphs)
  }
  return inner
}

/**
 * The scope with what the report knows besides: the types and shapes of its constants, the graphs inside its nodes, and in a sub-graph
 * the values from around it as its inputs.
 */
export function completeScope(scope: ReadScope, report: Pick<Inspection, 'Initializers' | 'Functions'>): Scope {
  const around = scope.around.map((one) => completeScope(one, report))
  const values = new Map(scope.values)
  for (const { Scope: holder, Name, ElementType, Shape } of report.Initializers)
    if (holder === scope.id && !values.has(Name))
      values.set(Name, { Name, Kind: 'tensor', ElementType, Type: '', Shape, Stored: true })
  const whole = { ...scope, values }
  const free = scope.id.includes('/') ? freeNames(whole) : []
  const fixed = fixedAround(free, around)
  const complete = { ...whole, inputs: [...scope.inputs, ...free.filter((name) => !fixed.has(name))] }
  const inner = innerGraphs(scope, report.Functions)
  return { ...complete, around, constants: constantsOf(complete, fixed), inner }
}

/** Those of the names that are the same whatever goes in, with what the scopes around know of them. */
function fixedAround(names: readonly string[], around: readonly Scope[]): ReadonlyMap<string, GraphEdge> {
  const fixed = new Map<string, GraphEdge>()
  for (const name of names)
    for (const { values, constants } of around) {
      const known = constants.values.get(name) ?? values.get(name)
      if (known && (known.Stored || constants.values.has(name))) fixed.set(name, known)
      if (known) break
    }
  return fixed
}
