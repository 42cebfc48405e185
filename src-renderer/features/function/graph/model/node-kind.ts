import type { GraphNode } from '../../../../../src-contract/contract/models/graph.ts'

/** Operators of a kind look alike: what has weights (`heavy`), what holds other graphs (`control`), and the rest. */
export type NodeKind = 'heavy' | 'control' | 'plain'

export function nodeKind(node: GraphNode, holdsGraphs: boolean): NodeKind {
  if (/^(Conv|Gemm|MatMul|LSTM|GRU|RNN|Attention|Einsum|QLinear|DynamicQuantize)/.test(node.Type)) return 'heavy'
  return holdsGraphs ? 'control' : 'plain'
}
