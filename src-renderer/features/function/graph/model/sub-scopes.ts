import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'

/** The scopes that hang on a node's attributes, with the attributes' names. */
export const namedSubScopesOf = (node: GraphNode): { name: string; scope: string }[] =>
  node.Attributes.flatMap(({ Name, Scope, Scopes }) => [
    ...(Scope === undefined ? [] : [{ name: Name, scope: Scope }]),
    ...(Scopes ?? []).map((scope, index) => ({ name: `${Name} ${index}`, scope })),
  ])

/** The scopes that hang on a node's attributes. */
export const subScopesOf = (node: GraphNode): string[] => namedSubScopesOf(node).map(({ scope }) => scope)
