import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { GraphNode } from '../../../../src-contract/graph.ts'
import styles from './box-node.module.css'
import { weightText } from './box-size.ts'
import type { Box } from './build-graph.ts'
import { type Scope, subScopesOf } from './scope.ts'
import { type Spot, spotOf } from './walk.ts'

export type BoxData = {
  box: Box
  scope: Scope
  /** Where the person is, if that is in this box. */
  spot: Spot | null
  onChoose: (spot: Spot) => void
  /** Opens a folded group, or the first sub-graph of a node. */
  onOpen: (spot: Spot) => void
}

export type BoxFlowNode = Node<BoxData, 'box'>

/** Operators of a kind look alike: what has weights, what holds other graphs. */
function kindOf(node: GraphNode): string {
  if (/^(Conv|Gemm|MatMul|LSTM|GRU|RNN|Attention|Einsum|QLinear|DynamicQuantize)/.test(node.Type))
    return styles.heavy ?? ''
  return subScopesOf(node).length > 0 ? (styles.control ?? '') : ''
}

/**
 * A box of the graph: a chain of operators, a folded group, or a value at the edge. Its parts are for the pointer; the keyboard walks
 * by the canvas around them, so that a graph is one stop on the way through the page and not ten thousand.
 */
export const BoxNode = memo(function BoxNode({ data }: NodeProps<BoxFlowNode>) {
  const { box, scope, spot, onChoose, onOpen } = data
  const whole = spotOf(box)
  const chosen = spot !== null && box.kind !== 'chain'
  return (
    <div className={`${styles.box} ${styles[box.kind]} ${chosen ? styles.chosen : ''} mono`}>
      <Handle type="target" position={Position.Top} className={styles.handle} isConnectable={false} />
      {(box.kind === 'input' || box.kind === 'output') && (
        <button type="button" tabIndex={-1} className={styles.value} title={box.value} onClick={() => onChoose(whole)}>
          {box.value === '' ? 'no name' : box.value}
        </button>
      )}
      {box.kind === 'group' && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.inside}
          title={`${box.label}: double-click to open`}
          onClick={() => onChoose(whole)}
          onDoubleClick={() => onOpen(whole)}
        >
          <span className="ellipsis">{box.label}</span>
          <span className={styles.quiet}>{box.note}</span>
        </button>
      )}
      {box.kind === 'chain' &&
        box.nodes.map((node) => (
          <button
            key={node.Id}
            type="button"
            tabIndex={-1}
            className={`${styles.node} ${kindOf(node)}`}
            aria-pressed={spot?.node === node.Id}
            title={node.Name}
            onClick={() => onChoose({ box: box.id, node: node.Id })}
            onDoubleClick={() => onOpen({ box: box.id, node: node.Id })}
          >
            {node.Type} <span className={styles.quiet}>{weightText(node, scope)}</span>
          </button>
        ))}
      <Handle type="source" position={Position.Bottom} className={styles.handle} isConnectable={false} />
    </div>
  )
})
