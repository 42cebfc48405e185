import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { GraphNode } from '../../../../src-contract/graph.ts'
import styles from './box-node.module.css'
import { weightText } from './box-size.ts'
import type { Box, Scope } from './build-graph.ts'

export type BoxData = {
  box: Box
  scope: Scope
  /** The node whose details are shown, where it is in this box. */
  chosen: number | null
  onChoose: (node: GraphNode) => void
  onOpen: (box: Box) => void
}

export type BoxFlowNode = Node<BoxData, 'box'>

/** Operators of a kind look alike: what has weights, what reshapes, what joins. */
function kindOf(node: GraphNode): string {
  if (/^(Conv|Gemm|MatMul|LSTM|GRU|RNN|Attention|Einsum|QLinear|DynamicQuantize)/.test(node.Type))
    return styles.heavy ?? ''
  if (/^(If|Loop|Scan|SequenceMap)$/.test(node.Type)) return styles.control ?? ''
  return ''
}

/** A box of the graph: a chain of operators, a folded group, or a value at the edge. */
export const BoxNode = memo(function BoxNode({ data }: NodeProps<BoxFlowNode>) {
  const { box, scope, chosen, onChoose, onOpen } = data
  return (
    <div className={`${styles.box} ${styles[box.kind]} mono`}>
      <Handle type="target" position={Position.Top} className={styles.handle} isConnectable={false} />
      {(box.kind === 'input' || box.kind === 'output') && (
        <span className={`${styles.value} ellipsis`} title={box.value}>
          {box.value}
        </span>
      )}
      {box.kind === 'group' && (
        <button type="button" className={styles.group} onClick={() => onOpen(box)}>
          <span className="ellipsis" title={box.label}>
            {box.label}
          </span>
          <span className={styles.quiet}>{box.nodes.length} nodes</span>
        </button>
      )}
      {box.kind === 'chain' &&
        box.nodes.map((node) => (
          <button
            key={node.Id}
            type="button"
            className={`${styles.node} ${kindOf(node)}`}
            aria-pressed={chosen === node.Id}
            title={node.Name}
            onClick={() => onChoose(node)}
          >
            {node.Type} <span className={styles.quiet}>{weightText(node, scope)}</span>
          </button>
        ))}
      <Handle type="source" position={Position.Bottom} className={styles.handle} isConnectable={false} />
    </div>
  )
})
