import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'
import type { Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import type { GraphOf } from './load-scope.ts'
import type { Scope } from './scope.ts'

/** What the details of a node, a value or a group are told, and where one can go from them. */
export type Detailed = {
  graph: GraphOf
  scope: Scope
  wires: { maker: ReadonlyMap<string, GraphNode>; users: ReadonlyMap<string, readonly GraphNode[]> }
  report: Inspection
  onGo: (node: number) => void
  onScope: (scope: string) => void
}
