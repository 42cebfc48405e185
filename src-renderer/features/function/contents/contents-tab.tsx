import { elementTypeInfo } from '../../../../src-contract/contract/models/element-type.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural, shortBytes } from '../../../../src-contract/words/human-number.ts'
import {
  computeWords,
  graphWords,
  madeBy,
  opsetWords,
  storedWords,
} from '../../../../src-contract/words/report-words.ts'
import { BarChart } from '../../../components/layout/bar-chart.tsx'
import { Card } from '../../../components/layout/card.tsx'
import { Fact } from '../../../components/layout/fact.tsx'
import { OperatorsCard } from '../overview/operators-card.tsx'
import { WarningsCard } from '../overview/warnings-card.tsx'
import styles from './contents-tab.module.css'
import { InitializersTable } from './initializers-table.tsx'

/** What a model is made of. */
export function ContentsTab({ report, uuid }: { report: Inspection; uuid: string }) {
  const { Parameters, Graph } = report
  return (
    <div className={styles.stack}>
      <WarningsCard report={report} />
      <div className={styles.pair}>
        <OperatorsCard report={report} limit={14} />
        <div className={styles.stack}>
          <Card title="Bytes by type" note={Parameters.ByType.length > 0 && `· ${storedWords(report)}`}>
            {Parameters.ByType.length === 0 ? (
              <p className="quiet">The model stores no tensors.</p>
            ) : (
              <BarChart
                label="Bytes by element type"
                bars={[...Parameters.ByType]
                  .sort((left, right) => right.Bytes - left.Bytes)
                  .map((type) => ({
                    key: type.ElementType,
                    label: elementTypeInfo(type.ElementType).short,
                    value: type.Bytes,
                    text: shortBytes(type.Bytes),
                    title: `${groupedNumber(type.Count)} values, ${plural(type.Bytes, 'byte')}`,
                  }))}
              />
            )}
          </Card>
          <Card title="Graph">
            <dl className={styles.facts}>
              <Fact label="Name">{Graph.Name === '' ? 'none' : Graph.Name}</Fact>
              <Fact label="Contents">{graphWords(report)}</Fact>
              <Fact label="Made by">{madeBy(report)}</Fact>
              <Fact label="Opsets">{opsetWords(report)}</Fact>
              <Fact label="Compute">{computeWords(report)}</Fact>
            </dl>
          </Card>
          {report.Functions.length > 0 && (
            <Card title="Functions" note={`· ${report.Functions.length}`}>
              <dl className={styles.facts}>
                {report.Functions.map(({ Domain, Name, Nodes }) => (
                  <div key={`${Domain} ${Name}`} className={styles.line}>
                    <dt className="mono">{Name}</dt>
                    <dd>{plural(Nodes, 'node')}</dd>
                  </div>
                ))}
              </dl>
            </Card>
          )}
          {report.Metadata.length > 0 && (
            <Card title="Metadata">
              <dl className={styles.facts}>
                {report.Metadata.map(({ Key, Value }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a key may stand twice
                  <div key={index} className={styles.meta}>
                    <dt>{Key === '' ? 'no key' : Key}</dt>
                    {Value === '' ? <dd className="quiet">empty</dd> : <dd className="mono">{Value}</dd>}
                  </div>
                ))}
              </dl>
            </Card>
          )}
          {report.External.length > 0 && (
            <Card title="External files">
              <dl className={styles.facts}>
                {report.External.map(({ Location, Bytes, State }) => (
                  <div key={Location} className={styles.line}>
                    <dt className="mono">{Location}</dt>
                    <dd className={State === 'present' ? undefined : 'bad'}>
                      {State === 'present' ? shortBytes(Bytes) : State}
                    </dd>
                  </div>
                ))}
              </dl>
            </Card>
          )}
        </div>
      </div>
      {report.Initializers.length > 0 && <InitializersTable report={report} uuid={uuid} />}
      {(report.Documentation !== '' || Graph.Documentation !== '') && (
        <Card title="Metadata from the file">
          <p className={styles.text}>{[report.Documentation, Graph.Documentation].filter(Boolean).join('\n\n')}</p>
        </Card>
      )}
    </div>
  )
}
