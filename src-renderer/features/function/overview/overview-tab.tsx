import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { SignatureTable } from '../signature/signature-table.tsx'
import { pictureShape } from '../try/inputs/picture-shape.ts'
import { CataloguesCard } from './catalogues-card.tsx'
import { CompanionsCard } from './companions-card.tsx'
import { DocumentationCard } from './documentation-card.tsx'
import { DriverCard } from './driver-card.tsx'
import { FactsCard } from './facts/facts-card.tsx'
import { FieldsCard } from './fields-card.tsx'
import { OperatorsCard } from './operators-card.tsx'
import styles from './overview-tab.module.css'
import { WarningsCard } from './warnings-card.tsx'

type Props = { model: FunctionDetail; report: Inspection | undefined }

/** What a model is and what people said of it; every text can be changed where it stands. */
export function OverviewTab({ model, report }: Props) {
  const takesPictures = report?.Inputs.some((input) => pictureShape(input, model.InputDriverDetails) !== null)
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <DocumentationCard key={model.UUID} model={model} />
        {(model.Status === 'ok' || report) && (
          <Card title="Signature">
            <SignatureTable model={model} report={report} />
          </Card>
        )}
        {report && <WarningsCard report={report} />}
        {report && <OperatorsCard report={report} limit={8} />}
      </div>
      <div className={styles.column}>
        <FactsCard model={model} report={report} />
        <CompanionsCard model={model} />
        <CataloguesCard model={model} />
        <FieldsCard model={model} />
        <DriverCard model={model} side="InputDriver" takesPictures={takesPictures} />
        {(model.OutputDriver !== '' || Object.keys(model.OutputDriverDetails).length > 0) && (
          <DriverCard model={model} side="OutputDriver" takesPictures={takesPictures} />
        )}
      </div>
    </div>
  )
}
