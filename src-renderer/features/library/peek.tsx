import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { madeBy, operatorsWords, parametersWords } from '../../../src-contract/words/report-words.ts'
import { shortNamedSignature, shortSignature } from '../../../src-contract/words/signature-line.ts'
import { oneModel } from '../../actions/action.ts'
import { ActionButtons } from '../../actions/action-items.tsx'
import { surfaces } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { AddToCatalogue } from '../../components/forms/add-to-catalogue.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { DuplicatesFacts } from '../../components/model/duplicate-facts.tsx'
import { HashFact } from '../../components/model/hash-fact.tsx'
import { RunsHere } from '../../components/model/runs-here.tsx'
import { SignatureRows } from '../../components/model/signature-line.tsx'
import { WrappingName } from '../../components/text/wrapping-name.tsx'
import { functionQuery, inspectionQuery } from '../../lib/api/queries.ts'
import { troubleOf } from '../../lib/format/trouble.ts'
import styles from './peek.module.css'

const firstLine = (markdown: string) =>
  markdown
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.replace(/^#+\s*/, '') ?? ''

/** What the list's current model is, without leaving the list. */
export function Peek({ item }: { item: FunctionItem | undefined }) {
  const navigate = useNavigate()
  const uuid = item?.UUID ?? ''
  const contextOf = useActionContext()
  const detail = useQuery({ ...functionQuery(uuid), enabled: item !== undefined })
  // What was read from a file that is away now is still known.
  const wasRead = item?.Status === 'ok' || (detail.data?.body.Downloads.length ?? 0) > 0
  const inspection = useQuery({ ...inspectionQuery(uuid), enabled: wasRead })
  if (!item)
    return (
      <aside className={styles.peek} aria-label="Peek">
        <p className="quiet">Move to a model with the arrow keys to see it here.</p>
      </aside>
    )
  const context = contextOf({ place: 'list', models: oneModel(item), leave() {} })
  const report = inspection.data
  const signature = report ? shortSignature(report.Inputs, report.Outputs) : shortNamedSignature(item)
  const sha256 = report?.FileSha256 ?? detail.data?.body.Downloads[0]?.Sha256
  return (
    <aside className={styles.peek} aria-label={`Peek at ${item.Name}`}>
      <div>
        <h2 className={styles.title}>
          <WrappingName text={item.Name} />
        </h2>
        {item.Status === 'error' && <p className={styles.trouble}>{troubleOf(item)}</p>}
        {item.Documentation !== '' && <p className={styles.documentation}>{firstLine(item.Documentation)}</p>}
      </div>
      <div className={styles.actions}>
        <Button
          variant="filled"
          size="compact-md"
          onClick={() => void navigate({ to: '/function/$uuid', params: { uuid } })}
        >
          Open
        </Button>
        <ActionButtons actions={surfaces.peek} context={context} size="compact-md" />
      </div>
      {(item.Status === 'ok' || report) && (
        <section>
          <h3 className={styles.heading}>Signature</h3>
          <SignatureRows signature={signature} />
        </section>
      )}
      <section>
        <h3 className={styles.heading}>Facts</h3>
        <dl>
          <Fact label="Runs here">
            <RunsHere item={item} check={report?.Runtime} />
          </Fact>
          {item.TotalSize > 0 && <Fact label="File">{plural(item.TotalSize, 'byte')}</Fact>}
          {report && <Fact label="Made by">{madeBy(report)}</Fact>}
          {report && (
            <Fact label="Parameters">
              <span title={groupedNumber(report.Parameters.Count)}>{parametersWords(report)}</span>
            </Fact>
          )}
          {report && <Fact label="Contents">{operatorsWords(report)}</Fact>}
          <DuplicatesFacts uuid={item.UUID} />
          {sha256 && <HashFact label="SHA-256" text={sha256} />}
          <HashFact label="UUID" text={item.UUID} />
        </dl>
      </section>
      <section>
        <h3 className={styles.heading}>Catalogues</h3>
        <div className={styles.tags}>
          {item.Catalogues.map(({ UUID, Name }) => (
            <Link key={UUID} to="/" search={{ Catalogue: UUID }} className={styles.tag}>
              {Name}
            </Link>
          ))}
          <AddToCatalogue
            uuid={item.UUID}
            text={item.Catalogues.length === 0 ? 'Add' : ''}
            label={`Add ${item.Name} to a catalogue`}
          />
        </div>
      </section>
    </aside>
  )
}
