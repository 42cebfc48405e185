import { Button, Tooltip } from '@mantine/core'
import { IconDownload, IconFolderOpen, IconGripVertical, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural } from '../../../../../src-contract/words/human-number.ts'
import { computeWords, madeBy, parametersWords } from '../../../../../src-contract/words/report-words.ts'
import { canCheckAgain, checkAgain } from '../../../../actions/check-again.ts'
import { IconButton } from '../../../../components/forms/icon-button.tsx'
import { Card } from '../../../../components/layout/card.tsx'
import { Fact } from '../../../../components/layout/fact.tsx'
import { DuplicatesFacts } from '../../../../components/model/duplicate-facts.tsx'
import { HashFact } from '../../../../components/model/hash-fact.tsx'
import { RunsHere } from '../../../../components/model/runs-here.tsx'
import { ExternalLink } from '../../../../components/text/external-link.tsx'
import { operationsQuery } from '../../../../lib/api/queries.ts'
import { saveFromApi } from '../../../../lib/api/save-from-api.ts'
import { moment, wholeMoment } from '../../../../lib/format/time.ts'
import { tellError } from '../../../../lib/notices/notify.tsx'
import { SavedText } from '../saved-text.tsx'
import styles from './facts-card.module.css'
import { FoundFact } from './found-fact.tsx'
import { LinkFact } from './link-fact.tsx'
import { PathFact } from './path-fact.tsx'
import { SourceFacts } from './source-facts.tsx'

type Props = { model: FunctionDetail; report: Inspection | undefined }

function FileFact({ model }: { model: FunctionDetail }) {
  const [download] = model.Downloads
  if (!download) return <Fact label="File">none yet</Fact>
  return (
    <Fact label="File">
      {plural(model.TotalSize, 'byte')}
      {model.TotalSize > download.Size && <span className="quiet">with its data files</span>}
      <IconButton
        label={`Download ${download.Name}`}
        icon={IconDownload}
        onClick={() => void saveFromApi(download.Url, download.Name)}
      />
      {window.cabinet && (
        <IconButton
          label="Show in folder"
          icon={IconFolderOpen}
          onClick={() => void window.cabinet?.revealInFolder(model.UUID).catch(tellError)}
        />
      )}
      {window.cabinet && (
        <Tooltip label="Drag to the desktop or another app">
          <span
            className={styles.handle}
            aria-hidden
            draggable
            onDragStart={(event) => {
              event.preventDefault()
              window.cabinet?.dragOut([model.UUID])
            }}
          >
            <IconGripVertical size={14} />
          </span>
        </Tooltip>
      )}
    </Fact>
  )
}

const isWebAddress = (url: string | null): url is string => url !== null && /^https?:\/\//.test(url)

/** What is true of a model, in short. */
export function FactsCard({ model, report }: Props) {
  const operations = useQuery(operationsQuery).data
  const again = operations && canCheckAgain(model, (path) => operations.has(path))
  const sha256 = report?.FileSha256 ?? model.Downloads[0]?.Sha256
  return (
    <Card title="Facts">
      <dl>
        <HashFact label="UUID" text={model.UUID} />
        <Fact label="Alias">
          <SavedText
            uuid={model.UUID}
            label="the alias"
            placeholder="Add an alias"
            value={model.Alias}
            change={(Alias) => ({ Alias })}
          />
        </Fact>
        <FileFact model={model} />
        {model.Downloads.length > 0 && <PathFact uuid={model.UUID} sha256={sha256 ?? ''} />}
        {sha256 && <HashFact label="SHA-256" text={sha256} />}
        <DuplicatesFacts uuid={model.UUID} />
        {report && <Fact label="Made by">{madeBy(report)}</Fact>}
        {report && (
          <Fact label="Parameters">
            <span title={groupedNumber(report.Parameters.Count)}>{parametersWords(report)}</span>
          </Fact>
        )}
        {report && report.Compute.Macs !== 0 && (
          <Fact label="Compute">
            <span title={report.Compute.Macs === null ? undefined : groupedNumber(report.Compute.Macs)}>
              {computeWords(report)}
            </span>
          </Fact>
        )}
        <Fact label="Runs here">
          <RunsHere item={model} check={report?.Runtime} />
          {again && report?.Runtime.State === 'failed' && (
            <Button
              size="compact-sm"
              className={styles.again}
              leftSection={<IconRefresh size={14} />}
              onClick={() => void checkAgain(model)}
            >
              Check again
            </Button>
          )}
        </Fact>
        <LinkFact model={model} />
        <FoundFact model={model} />
        <Fact label="Source">
          <SavedText
            uuid={model.UUID}
            label="the name of the source"
            placeholder="Add a source"
            value={model.Source.Name ?? ''}
            change={(SourceName) => ({ SourceName: SourceName === '' ? null : SourceName })}
          />
        </Fact>
        {(model.Source.Name !== null || model.Source.Url !== null) && (
          <Fact label="Source link">
            <SavedText
              uuid={model.UUID}
              label="the URL of the source"
              placeholder="Add a URL"
              maxLength={2000}
              value={model.Source.Url ?? ''}
              change={(SourceUrl) => ({ SourceUrl: SourceUrl === '' ? null : SourceUrl })}
            />
            {isWebAddress(model.Source.Url) && <ExternalLink href={model.Source.Url}>Open</ExternalLink>}
          </Fact>
        )}
        <SourceFacts model={model} />
        <Fact label="Updated">
          <span title={wholeMoment(model.UpdatedAt)}>{moment(model.UpdatedAt)}</span>
        </Fact>
      </dl>
    </Card>
  )
}
