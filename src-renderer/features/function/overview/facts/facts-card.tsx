import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconDownload, IconFolderOpen, IconGripVertical, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import type { Inspection } from '../../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural } from '../../../../../src-contract/words/human-number.ts'
import { computeWords, madeBy, parametersWords } from '../../../../../src-contract/words/report-words.ts'
import { canCheckAgain, checkAgain } from '../../../../actions/check-again.ts'
import { Card } from '../../../../components/layout/card.tsx'
import { Fact } from '../../../../components/layout/fact.tsx'
import { DuplicatesFacts } from '../../../../components/model/duplicate-facts.tsx'
import { RunsHere } from '../../../../components/model/runs-here.tsx'
import { CopyButton } from '../../../../components/text/copy-button.tsx'
import { sentenceOf } from '../../../../lib/api/api-error.ts'
import { operationsQuery } from '../../../../lib/api/queries.ts'
import { saveFromApi } from '../../../../lib/api/save-from-api.ts'
import { shortHash } from '../../../../lib/format/short-hash.ts'
import { moment, wholeMoment } from '../../../../lib/format/time.ts'
import { tellProblem } from '../../../../lib/notices/notify.tsx'
import { SavedText } from '../saved-text.tsx'
import styles from './facts-card.module.css'
import { LinkFact } from './link-fact.tsx'
import { PathFact } from './path-fact.tsx'

type Props = { model: FunctionDetail; report: Inspection | undefined }

function FileFact({ model }: { model: FunctionDetail }) {
  const [download] = model.Downloads
  if (!download) return <Fact label="File">none yet</Fact>
  return (
    <Fact label="File">
      {plural(download.Size, 'byte')}
      <Tooltip label={`Download ${download.Name}`}>
        <ActionIcon
          size={22}
          aria-label={`Download ${download.Name}`}
          onClick={() => void saveFromApi(download.Url, download.Name)}
        >
          <IconDownload size={14} />
        </ActionIcon>
      </Tooltip>
      {window.cabinet && (
        <Tooltip label="Show in folder">
          <ActionIcon
            size={22}
            aria-label="Show in folder"
            onClick={() => {
              window.cabinet?.revealInFolder(model.UUID).catch((error: unknown) => tellProblem(sentenceOf(error)))
            }}
          >
            <IconFolderOpen size={14} />
          </ActionIcon>
        </Tooltip>
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

/** What is true of a model, in short. */
export function FactsCard({ model, report }: Props) {
  const operations = useQuery(operationsQuery).data
  const again = operations && canCheckAgain(model, (path) => operations.has(path))
  const sha256 = report?.FileSha256 ?? model.Downloads[0]?.Sha256
  return (
    <Card title="Facts">
      <dl style={{ margin: 0 }}>
        <Fact label="UUID">
          <span className="mono" title={model.UUID}>
            {shortHash(model.UUID)}
          </span>
          <CopyButton text={model.UUID} what="the UUID" />
        </Fact>
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
        {sha256 && (
          <Fact label="SHA-256">
            <span className="mono" title={sha256}>
              {shortHash(sha256)}
            </span>
            <CopyButton text={sha256} what="the SHA-256" />
          </Fact>
        )}
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
            <SourceLink url={model.Source.Url} />
          </Fact>
        )}
        <Fact label="Updated">
          <span title={wholeMoment(model.UpdatedAt)}>{moment(model.UpdatedAt)}</span>
        </Fact>
      </dl>
    </Card>
  )
}

function SourceLink({ url }: { url: string | null }) {
  if (url === null || !/^https?:\/\//.test(url)) return null
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        if (!window.cabinet) return
        event.preventDefault()
        window.cabinet.openExternal(url).catch((error: unknown) => tellProblem(sentenceOf(error)))
      }}
    >
      Open
    </a>
  )
}
