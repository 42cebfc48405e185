import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { GraphValue, Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import {
  type ShortSignature,
  shortNamedSignature,
  shortSignature,
} from '../../../../src-contract/words/signature-line.ts'
import { Shape, TypeName } from '../../../components/model/signature-line.tsx'
import { optionLabel } from '../../../lib/state/filters.ts'
import styles from './signature-table.module.css'

/** The best that is known: the inspection's symbols, else the list's sizes. */
export function signatureOf(model: FunctionDetail, report: Inspection | undefined): ShortSignature {
  return report ? shortSignature(report.Inputs, report.Outputs) : shortNamedSignature(model)
}

type Props = { model: FunctionDetail; report: Inspection | undefined }

/** In- and outputs in rows: name, type, shape, and what the name says of it. */
export function SignatureTable({ model, report }: Props) {
  const signature = signatureOf(model, report)
  const asked = report?.Inputs.filter((value) => !value.Initialized)
  const sides = [
    { label: 'in', values: signature.inputs, known: asked },
    { label: 'out', values: signature.outputs, known: report?.Outputs },
  ]
  return (
    <div className={styles.scroll}>
      <table className={`${styles.table} mono`}>
        <thead className={styles.hidden}>
          <tr>
            <th>Side</th>
            <th>Name</th>
            <th>Type</th>
            <th>Shape</th>
            <th>Meaning</th>
          </tr>
        </thead>
        {sides.map(({ label, values, known }) => (
          <tbody key={label}>
            {values.map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a model may use a name twice
              <tr key={index}>
                <td className={styles.side}>{index === 0 ? label : ''}</td>
                <th scope="row" className={styles.name}>
                  {value.name}
                </th>
                <td className={styles.type}>
                  <TypeName value={value} />
                </td>
                <td className={styles.shape}>
                  <Shape value={value} symbols={signature.symbols} />
                </td>
                <td className={styles.meaning}>
                  <Meaning value={known?.[index]} />
                </td>
              </tr>
            ))}
            {values.length === 0 && (
              <tr>
                <td className={styles.side}>{label}</td>
                <td colSpan={4} className={styles.side}>
                  nothing
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  )
}

function Meaning({ value }: { value: GraphValue | undefined }) {
  if (!value) return null
  const labels = value.Labels.map(({ Label }) => Label).join(', ')
  return (
    <>
      {value.Option && (
        <span className={styles.option} title={labels || undefined}>
          {optionLabel(value.Option)}
        </span>
      )}
      {value.Documentation !== '' && <span className="quiet"> {value.Documentation}</span>}
    </>
  )
}
