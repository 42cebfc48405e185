import { elementTypeInfo } from '../../../../src-contract/element-type.ts'
import { groupedNumber, shortBytes } from '../../../../src-contract/human-number.ts'
import type { Initializer } from '../../../../src-contract/inspection.ts'
import { TypeName } from '../../../components/signature-line.tsx'
import type { Detailed } from './details.ts'
import styles from './graph-details.module.css'

/** A node that makes or uses a value; a long list of users is cut. */
const SHOWN = 6

/** What is stored: how much, how many values, what share of the model, and where if not in the model's own file. */
function StoredTensor({ tensor, total }: { tensor: Initializer; total: number }) {
  const values = tensor.Shape.reduce<number>((product, size) => product * Number(size), 1)
  const share = total > 0 ? (tensor.Bytes / total) * 100 : 0
  return (
    <span className={styles.quiet}>
      {groupedNumber(values)} {values === 1 ? 'value' : 'values'}, {shortBytes(tensor.Bytes)}
      {share >= 0.1 && `, ${share.toPrecision(2)} % of the weights`}
      {tensor.Location !== null && `, in ${tensor.Location}`}
      {tensor.Sha256 !== null && <span title={`SHA-256 ${tensor.Sha256}`}>, SHA-256 {tensor.Sha256.slice(0, 8)}…</span>}
    </span>
  )
}

/** A value of the graph: its type, its shape, what is stored of it, and the way to whoever makes or uses it. */
export function ValueRow({ name, ends, detailed }: { name: string; ends: 'maker' | 'users'; detailed: Detailed }) {
  const { scope, wires, report, onGo } = detailed
  if (name === '') return <li className={styles.quiet}>left out</li>
  const edge = scope.values.get(name)
  const tensor = report.Initializers.find((one) => one.Scope === scope.id && one.Name === name)
  const maker = wires.maker.get(name)
  const others = ends === 'maker' ? (maker ? [maker] : []) : (wires.users.get(name) ?? [])
  const shape = edge?.Shape ?? tensor?.Shape ?? null
  const elementType = edge?.ElementType ?? tensor?.ElementType
  return (
    <li className={styles.value}>
      <span className={styles.name}>{name}</span>
      {elementType !== undefined && elementType !== 'undefined' && (
        <span>
          <TypeName value={{ type: elementTypeInfo(elementType).short, elementType }} />{' '}
          <span className={styles.quiet}>
            {shape === null ? '' : shape.length === 0 ? 'scalar' : shape.map((size) => size ?? '?').join('×')}
          </span>
        </span>
      )}
      {tensor && <StoredTensor tensor={tensor} total={report.Parameters.Bytes} />}
      {others
        .filter(({ Type }) => !(tensor && Type === 'Constant'))
        .slice(0, SHOWN)
        .map((node) => (
          <button
            key={node.Id}
            type="button"
            className={styles.go}
            title={node.Name || `node ${node.Id}`}
            onClick={() => onGo(node.Id)}
          >
            {ends === 'maker' ? '↑' : '↓'} {node.Type}
          </button>
        ))}
      {others.length > SHOWN && (
        <span className={styles.quiet}>and {groupedNumber(others.length - SHOWN)} other uses</span>
      )}
    </li>
  )
}
