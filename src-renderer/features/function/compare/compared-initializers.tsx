import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  type Comparison,
  type InitializerChange,
  mostInitializerChanges,
} from '../../../../src-contract/contract/models/compare.ts'
import { elementTypeInfo } from '../../../../src-contract/contract/models/element-type.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, shortBytes } from '../../../../src-contract/words/human-number.ts'
import { TypeName } from '../../../components/model/signature-line.tsx'
import styles from '../contents/initializers-table.module.css'

const STEP = 50

/** A tensor that differs, or one that is the same on both sides. */
type Compared = Omit<InitializerChange, 'Change'> & { Change: InitializerChange['Change'] | 'same' }

/** The tensors of the left model that are not among the differences; none where not all of those are listed. */
function unchanged({ Initializers }: Comparison, report: Inspection): Compared[] {
  if (Initializers.Items.length >= mostInitializerChanges || Initializers.Unknown > 0) return []
  const differing = new Set(Initializers.Items.map(({ Scope, Left }) => `${Scope} ${Left?.Name}`))
  return report.Initializers.filter(({ Scope, Name }) => !differing.has(`${Scope} ${Name}`)).map((tensor) => ({
    Scope: tensor.Scope,
    Name: tensor.Name,
    Change: 'same',
    Left: tensor,
    Right: tensor,
  }))
}

function Row({ item }: { item: Compared }) {
  const tensor = item.Left ?? item.Right
  const other = item.Left && item.Right ? item.Right : null
  if (!tensor) return null
  const shape = tensor.Shape.join('×') || 'scalar'
  const otherShape = other ? other.Shape.join('×') || 'scalar' : shape
  return (
    <tr>
      <td className={`${styles.name} mono`} title={item.Scope === 'main' ? undefined : `in ${item.Scope}`}>
        {tensor.Name}
        {other && other.Name !== tensor.Name && <span className="quiet"> → {other.Name}</span>}
      </td>
      <td className="mono">
        <TypeName value={{ type: elementTypeInfo(tensor.ElementType).short, elementType: tensor.ElementType }} />
      </td>
      <td className="quiet mono">
        {shape}
        {otherShape !== shape && ` → ${otherShape}`}
      </td>
      <td className={item.Change === 'same' ? 'ok' : 'quiet'}>{item.Change}</td>
      <td className={`${styles.end} numeric`}>{shortBytes(tensor.Bytes)}</td>
    </tr>
  )
}

type Props = { comparison: Comparison; report: Inspection | undefined; everything: boolean }

/** The stored tensors that differ, largest first; then, where everything is asked for, those that do not. */
export function ComparedInitializers({ comparison, report, everything }: Props) {
  const [limit, setLimit] = useState(STEP)
  const { Items: differing, Unknown } = comparison.Initializers
  const Items: Compared[] = everything && report ? [...differing, ...unchanged(comparison, report)] : differing
  return (
    <>
      {Unknown > 0 && (
        <p className="quiet">
          {groupedNumber(Unknown)} tensors could not be compared yet: their digests are still being computed.
        </p>
      )}
      {Items.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Initializer</th>
              <th scope="col">Type</th>
              <th scope="col">Shape</th>
              <th scope="col">Change</th>
              <th scope="col" className={styles.end}>
                Bytes
              </th>
            </tr>
          </thead>
          <tbody>
            {Items.slice(0, limit).map((item) => (
              <Row key={`${item.Scope} ${item.Name} ${item.Change}`} item={item} />
            ))}
          </tbody>
        </table>
      )}
      {Items.length > limit && (
        <div>
          <Button onClick={() => setLimit(limit + 10 * STEP)}>
            Show {groupedNumber(Math.min(10 * STEP, Items.length - limit))} more
          </Button>
        </div>
      )}
    </>
  )
}
