import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { elementTypeInfo } from '../../../../src-contract/element-type.ts'
import type { GraphAttribute, GraphEdge, GraphNode } from '../../../../src-contract/graph.ts'
import { TypeName } from '../../../components/signature-line.tsx'
import type { Scope } from './build-graph.ts'
import styles from './graph-tab.module.css'

function attributeText({ Value, Summary, Reference }: GraphAttribute): string {
  if (Reference !== undefined) return `of the function: ${Reference}`
  if (Summary !== undefined) return Summary
  if (Value === undefined) return ''
  return Array.isArray(Value) ? Value.join(', ') : String(Value)
}

function ValueRow({ name, edge, onGo }: { name: string; edge: GraphEdge | undefined; onGo: (() => void) | undefined }) {
  return (
    <li className={styles.value}>
      {onGo ? (
        <button type="button" className={styles.go} onClick={onGo}>
          {name}
        </button>
      ) : (
        <span>{name}</span>
      )}
      {edge && (
        <span>
          <TypeName value={{ type: elementTypeInfo(edge.ElementType).short, elementType: edge.ElementType }} />{' '}
          <span className={styles.quiet}>
            {edge.Shape === null
              ? ''
              : edge.Shape.length === 0
                ? 'scalar'
                : edge.Shape.map((size) => size ?? '?').join('×')}
            {edge.Stored && ' stored'}
          </span>
        </span>
      )}
    </li>
  )
}

type Props = {
  node: GraphNode
  scope: Scope
  onGo: (node: GraphNode) => void
  onScope: (scope: string) => void
  onClose: () => void
}

/** One node: what it does, with what, and whither. */
export function NodeDetails({ node, scope, onGo, onScope, onClose }: Props) {
  const makerOf = (value: string) => scope.nodes.find(({ Outputs }) => Outputs.includes(value))
  const userOf = (value: string) => scope.nodes.find(({ Inputs }) => Inputs.includes(value))
  const go = (target: GraphNode | undefined) => target && (() => onGo(target))
  const inner = node.Attributes.flatMap(({ Name, Scope: own, Scopes }) =>
    [...(own === undefined ? [] : [own]), ...(Scopes ?? [])].map((target) => ({ name: Name, target })),
  )
  const plain = node.Attributes.filter((attribute) => attribute.Scope === undefined && attribute.Scopes === undefined)
  return (
    <aside className={styles.details} aria-label={`${node.Type} ${node.Name}`}>
      <header className={styles.head}>
        <h2 className={`${styles.type} mono`}>{node.Type}</h2>
        <ActionIcon size={22} aria-label="Close the details" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </header>
      <p className={`${styles.quiet} mono`}>
        {node.Name === '' ? `node ${node.Id}` : node.Name}
        {node.Domain !== '' && `, ${node.Domain}`}
      </p>
      {inner.map(({ name, target }) => (
        <div key={target}>
          <Button size="compact-sm" onClick={() => onScope(target)}>
            Open {name}
          </Button>
        </div>
      ))}
      {plain.length > 0 && (
        <section>
          <h3 className={styles.heading}>Attributes</h3>
          <dl className={`${styles.attributes} mono`}>
            {plain.map((attribute) => (
              <div key={attribute.Name}>
                <dt>{attribute.Name}</dt>
                <dd>{attributeText(attribute)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <h3 className={styles.heading}>Inputs</h3>
        <ul className={`${styles.values} mono`}>
          {node.Inputs.map((value, index) => (
            <ValueRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a node may take a value twice
              key={index}
              name={value === '' ? 'left out' : value}
              edge={scope.values.get(value)}
              onGo={value === '' ? undefined : go(makerOf(value))}
            />
          ))}
        </ul>
      </section>
      <section>
        <h3 className={styles.heading}>Outputs</h3>
        <ul className={`${styles.values} mono`}>
          {node.Outputs.filter((value) => value !== '').map((value) => (
            <ValueRow key={value} name={value} edge={scope.values.get(value)} onGo={go(userOf(value))} />
          ))}
        </ul>
      </section>
      {node.Documentation !== '' && <p className={styles.quiet}>{node.Documentation}</p>}
    </aside>
  )
}
