import { Button, SegmentedControl } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { ModelLocation } from '../../../../src-contract/contract/functions/location.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { endpointQuery } from '../../../lib/api/endpoint.ts'
import { locationQuery } from '../../../lib/api/queries.ts'
import styles from './api-tab.module.css'
import { runtimeSnippet } from './runtime-snippet.ts'
import { curlSnippet, javascriptSnippet, pythonSnippet, type SnippetModel } from './snippets.ts'
import { tokenFileBeside } from './token-file.ts'

const languages = ['curl', 'Python', 'JavaScript', 'onnxruntime'] as const
type Language = (typeof languages)[number]

const notes: Record<Language, string> = {
  curl: 'For a shell.',
  Python: 'Uses only the standard library.',
  JavaScript: 'For Node; save it as an .mjs file.',
  onnxruntime: 'Python, without the cabinet: pip install onnxruntime numpy.',
}

function snippetOf(
  language: Language,
  model: SnippetModel,
  report: Inspection | undefined,
  location: ModelLocation | undefined,
): string {
  if (language === 'Python') return pythonSnippet(model, report)
  if (language === 'JavaScript') return javascriptSnippet(model, report)
  if (language === 'onnxruntime' && report) return runtimeSnippet(model, report, location ?? null)
  return curlSnippet(model, report)
}

/** The page for people of the API's document, which the cabinet serves itself. */
function DocumentLink({ url }: { url: string }) {
  const page = `${url}/openapi.html`
  return (
    <a
      href={page}
      target="_blank"
      rel="noreferrer"
      onClick={(event) => {
        if (!window.cabinet) return
        event.preventDefault()
        void window.cabinet.openExternal(page)
      }}
    >
      All operations of the API
    </a>
  )
}

type Props = { model: FunctionDetail; report: Inspection | undefined }

/** This model in code, ready to copy and to run as it is. */
export function ApiTab({ model, report }: Props) {
  const endpoint = useQuery(endpointQuery)
  const [download] = model.Downloads
  const location = useQuery({
    ...locationQuery(model.UUID, download?.Sha256 ?? ''),
    enabled: download !== undefined,
  })
  const [chosen, setLanguage] = useState<Language>('curl')
  const clipboard = useClipboard({ timeout: 1500 })
  if (endpoint.isPending) return null
  if (!endpoint.data?.url)
    return (
      <EmptyState title="Programs cannot reach the cabinet">
        No port is open. See Settings for the reason and how to open one.
      </EmptyState>
    )
  const { url } = endpoint.data
  const tokenFile = endpoint.data.tokenFile ?? tokenFileBeside(location.data)
  const offered = languages.filter((language) => language !== 'onnxruntime' || report !== undefined)
  const snippetModel = {
    uuid: model.UUID,
    name: model.Name,
    url,
    tokenFile: tokenFile ?? 'PATH_TO_DATA/token',
    downloadPath: download?.Url ?? null,
  }
  const text = snippetOf(chosen, snippetModel, report, location.data)
  return (
    <div className={styles.tab}>
      <div className={styles.head}>
        <SegmentedControl
          size="xs"
          aria-label="Language"
          data={offered}
          value={chosen}
          onChange={(value) => setLanguage(offered.find((language) => language === value) ?? 'curl')}
        />
        <DocumentLink url={url} />
      </div>
      <Card
        title={chosen}
        note={notes[chosen]}
        actions={
          <Button
            size="compact-sm"
            leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={() => clipboard.copy(text)}
          >
            {clipboard.copied ? 'Copied' : 'Copy'}
          </Button>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={`The code for ${chosen}`}>
          <pre className={`${styles.code} mono`}>{text}</pre>
        </section>
      </Card>
      {tokenFile === null && (
        <p className={styles.note}>PATH_TO_DATA is the data folder that the cabinet printed when it started.</p>
      )}
    </div>
  )
}
