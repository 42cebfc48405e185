import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import { layeredLayout } from '../layout/layered/layered-layout.ts'
import { namedLayout, plainGraph } from '../layout/layered/plain-graph.ts'
import type { Layout } from '../layout/layout.ts'
import { constantsOf } from '../model/constants.ts'
import type { Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'

/** A node with what a test cares about. */
export const node = (Id: number, Inputs: string[], Outputs: string[], more: Partial<GraphNode> = {}): GraphNode => ({
  Id,
  Name: '',
  Domain: '',
  Type: 'Relu',
  Inputs,
  Outputs,
  Attributes: [],
  Documentation: '',
  Metadata: [],
  ...more,
})

/** A scope of those nodes. */
export const scope = (nodes: GraphNode[], inputs: string[], outputs: string[], more: Partial<Scope> = {}): Scope => ({
  id: 'main',
  name: '',
  parent: null,
  inputs,
  outputs,
  nodes,
  values: new Map(),
  captures: new Map(),
  constants: constantsOf({ inputs, outputs, nodes, values: more.values ?? new Map() }),
  inner: new Map(),
  around: [],
  ...more,
})

/** The layout that the worker makes, made here. */
export function layOut(picture: Picture, scope: Scope): Layout {
  const graph = plainGraph(picture, scope)
  return namedLayout(picture, graph, layeredLayout(graph))
}
