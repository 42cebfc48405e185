import { Group, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { ModelLocation } from '../../../../src-contract/contract/functions/location.ts'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { CodeBlock } from '../../../components/text/code-block.tsx'
import { CopyCodeButton } from '../../../components/text/copy-button.tsx'
import { ReferenceLink } from '../../../components/text/external-link.tsx'
import { endpointQuery } from '../../../lib/api/endpoint.ts'
import { locationQuery } from '../../../lib/api/queries.ts'
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
    <Stack maw={1000}>
      <Group justify="space-between">
        <SegmentedControl size="xs" aria-label="Language" data={offered} value={chosen} onChange={setLanguage} />
        <ReferenceLink url={url} />
      </Group>
      <Card title={chosen} note={notes[chosen]} actions={<CopyCodeButton text={text} label="Copy" />}>
        <CodeBlock label={`The code for ${chosen}`} text={text} />
      </Card>
      {tokenFile === null && (
        <p className="quiet">PATH_TO_DATA is the data folder that the cabinet printed when it started.</p>
      )}
    </Stack>
  )
}
