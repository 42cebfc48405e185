import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { Fragment, memo } from 'react'
import { boxLines, boxTitle, innerText, tapTexts, weightText } from '../layout/box-size.ts'
import { nodeKind } from '../model/node-kind.ts'
import type { Box, Picture } from '../model/picture.ts'
import type { Scope } from '../model/scope.ts'
import styles from './box-node.module.css'
import { type Spot, spotOf } from './walk.ts'

type BoxData = {
  box: Box
  scope: Scope
  picture: Pick<Picture, 'taps' | 'symbols'>
  /** Where the person is, if that is in this box. */
  spot: Spot | null
  onChoose: (spot: Spot) => void
  /** Opens a folded group, or the first sub-graph of a node. */
  onOpen: (spot: Spot) => void
  onWalk: (spot: Spot) => void
  onScope: (scope: string) => void
}

export type BoxFlowNode = Node<BoxData, 'box'>

/**
 * A box of the graph: a chain of operators, a folded group, or a value at the edge. Its parts are for the pointer; the keyboard walks
 * by the canvas around them, so that a graph is one stop on the way through the page and not ten thousand.
 */
export const BoxNode = memo(function BoxNode({ data }: NodeProps<BoxFlowNode>) {
  const { box, scope, picture, spot, onChoose, onOpen, onWalk, onScope } = data
  const whole = spotOf(box)
  const chosen = spot !== null && box.kind !== 'chain'
  const taps = picture.taps.get(box.id) ?? []
  const [name = '', ...about] = boxLines(box, scope, picture.symbols)
  return (
    <div className={`${styles.box} ${styles[box.kind]} ${chosen ? styles.chosen : ''} mono`}>
      <Handle type="target" position={Position.Top} className={styles.handle} isConnectable={false} />
      {taps.length > 0 && (
        <div className={styles.taps}>
          {tapTexts(taps).map((text, index) => {
            const tap = taps[index]
            return (
              <button
                key={tap?.value}
                type="button"
                tabIndex={-1}
                className={styles.tap}
                title={tap ? `${tap.value}: from an earlier node. Click to go to it.` : ''}
                onClick={() => tap && onWalk({ box: tap.from, node: null })}
              >
                {text}
              </button>
            )
          })}
        </div>
      )}
      {(box.kind === 'input' || box.kind === 'output') && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.value}
          title={boxTitle(box, null)}
          onClick={() => onChoose(whole)}
        >
          <span className="ellipsis">{box.value === '' ? 'no name' : name}</span>
          {about.length > 0 && <span className={styles.about}>{about.join(' ')}</span>}
        </button>
      )}
      {box.kind === 'group' && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.inside}
          title={boxTitle(box, null)}
          onClick={() => onChoose(whole)}
          onDoubleClick={() => onOpen(whole)}
        >
          <span className="ellipsis">{name}</span>
          {about.map((line) => (
            <span key={line} className={`${styles.quiet} ellipsis`}>
              {line}
            </span>
          ))}
        </button>
      )}
      {box.kind === 'chain' &&
        box.nodes.map((node) => {
          const inner = scope.inner.get(node.Id) ?? []
          return (
            <Fragment key={node.Id}>
              <button
                type="button"
                tabIndex={-1}
                className={`${styles.node} ${styles[nodeKind(node, inner.length > 0)] ?? ''}`}
                aria-pressed={spot?.node === node.Id}
                title={node.Name}
                onClick={() => onChoose({ box: box.id, node: node.Id })}
                onDoubleClick={() => onOpen({ box: box.id, node: node.Id })}
              >
                {node.Type} <span className={styles.quiet}>{weightText(node, scope)}</span>
              </button>
              {inner.map((graph) => (
                <button
                  key={graph.scope}
                  type="button"
                  tabIndex={-1}
                  className={`${styles.node} ${styles.graph}`}
                  title={`Open ${graph.name}`}
                  onClick={() => onScope(graph.scope)}
                >
                  {innerText(graph)}
                </button>
              ))}
            </Fragment>
          )
        })}
      <Handle type="source" position={Position.Bottom} className={styles.handle} isConnectable={false} />
    </div>
  )
})
