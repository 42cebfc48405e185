import { Button } from '@mantine/core'
import type { GraphAttribute, GraphNode } from '../../../../src-contract/contract/models/graph.ts'
import styles from './graph-details.module.css'
import type { Detailed } from './model/details.ts'
import { ValueRow } from './value-row.tsx'

function attributeText({ Value, Summary, Reference }: GraphAttribute): string {
  if (Reference !== undefined) return `of the function: ${Reference}`
  if (Summary !== undefined) return Summary
  if (Value === undefined) return ''
  return Array.isArray(Value) ? Value.join(', ') : String(Value)
}

/** One node: what it does, with what, and whither. */
export function NodeDetails({ node, detailed }: { node: GraphNode; detailed: Detailed }) {
  const { scope, onScope } = detailed
  const plain = node.Attributes.filter((attribute) => attribute.Scope === undefined && attribute.Scopes === undefined)
  const captured = scope.captures.get(node.Id) ?? []
  const sides = [
    { title: 'Inputs', values: node.Inputs, ends: 'maker' },
    { title: 'Captured by its subgraphs', values: captured, ends: 'maker' },
    { title: 'Outputs', values: node.Outputs.filter((value) => value !== ''), ends: 'users' },
  ] as const
  return (
    <>
      <p className={`${styles.quiet} mono`}>
        {node.Name === '' ? `node ${node.Id}` : node.Name}
        {node.Domain !== '' && `, ${node.Domain}`}
      </p>
      {(scope.inner.get(node.Id) ?? []).map(({ name, scope: target }) => (
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
      {sides.map(
        ({ title, values, ends }) =>
          values.length > 0 && (
            <section key={title}>
              <h3 className={styles.heading}>{title}</h3>
              <ul className={`${styles.values} mono`}>
                {values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a node may take a value twice
                  <ValueRow key={index} name={value} ends={ends} detailed={detailed} />
                ))}
              </ul>
            </section>
          ),
      )}
      {node.Metadata.length > 0 && (
        <section>
          <h3 className={styles.heading}>Metadata</h3>
          <dl className={`${styles.attributes} mono`}>
            {node.Metadata.map(({ Key, Value }) => (
              <div key={Key}>
                <dt>{Key}</dt>
                <dd>{Value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {node.Documentation !== '' && <p className={styles.quiet}>{node.Documentation}</p>}
    </>
  )
}
