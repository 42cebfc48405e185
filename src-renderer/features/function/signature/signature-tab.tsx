import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { SignatureCodeCard } from './signature-code-card.tsx'
import styles from './signature-tab.module.css'
import { SignatureTable, signatureOf } from './signature-table.tsx'

type Props = { model: FunctionDetail; report: Inspection | undefined }

/** The whole signature: types, symbolic sizes, recognised options, inputs with a stored default. */
export function SignatureTab({ model, report }: Props) {
  const { symbols } = signatureOf(model, report)
  const defaults = report?.Inputs.filter((input) => input.Initialized) ?? []
  const labelled = report ? [...report.Inputs, ...report.Outputs].filter(({ Labels }) => Labels.length > 0) : []
  return (
    <div className={styles.stack}>
      <Card title="Signature">
        <SignatureTable model={model} report={report} />
      </Card>
      {report && <SignatureCodeCard report={report} />}
      {symbols.length > 0 && (
        <Card title="Symbolic sizes">
          <dl className={`${styles.pairs} mono`}>
            {symbols.map(({ short, full }) => (
              <div key={short} className={styles.pair}>
                <dt>{short}</dt>
                <dd>{full}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      {labelled.map((value) => (
        <Card key={value.Name} title={`Values of ${value.Name.split('-')[0]}`}>
          <dl className={`${styles.pairs} mono`}>
            {value.Labels.map(({ Id, Label }) => (
              <div key={Id} className={styles.pair}>
                <dt>{Id}</dt>
                <dd>{Label}</dd>
              </div>
            ))}
          </dl>
        </Card>
      ))}
      {defaults.length > 0 && (
        <Card title="Inputs with a stored default" note={`· ${defaults.length}`}>
          <p className={`${styles.defaults} mono`}>{defaults.map(({ Name }) => Name).join(', ')}</p>
        </Card>
      )}
    </div>
  )
}
