import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FunctionDetail } from '../../../src-contract/function.ts'
import type { Inspection } from '../../../src-contract/inspection.ts'
import { endpointQuery } from '../../api/endpoint.ts'
import { Card } from '../../components/card.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import styles from './api-tab.module.css'
import { curlSnippet, javascriptSnippet, pythonSnippet, runtimeSnippet, type SnippetModel } from './snippets.ts'

const languages = ['curl', 'Python', 'JavaScript', 'onnxruntime'] as const
type Language = (typeof languages)[number]

function snippetOf(language: Language, model: SnippetModel, report: Inspection | undefined): string {
  if (language === 'Python') return pythonSnippet(model)
  if (language === 'JavaScript') return javascriptSnippet(model)
  if (language === 'onnxruntime' && report) return runtimeSnippet(model, report)
  return curlSnippet(model)
}

type Props = { model: FunctionDetail; report: Inspection | undefined }

/** This model in code, ready to copy. */
export function ApiTab({ model, report }: Props) {
  const endpoint = useQuery(endpointQuery)
  const [chosen, setLanguage] = useState<Language>('curl')
  if (!endpoint.data?.url)
    return <p className={styles.note}>The cabinet has no port open, so programs cannot reach it.</p>
  const offered = languages.filter((language) => language !== 'onnxruntime' || report !== undefined)
  const text = snippetOf(
    chosen,
    {
      uuid: model.UUID,
      name: model.Name,
      url: endpoint.data.url,
      tokenFile: endpoint.data.tokenFile ?? 'PATH_TO_DATA/token',
      downloadPath: model.Downloads[0]?.Url ?? null,
    },
    report,
  )
  return (
    <div className={styles.tab}>
      <SegmentedControl
        aria-label="Language"
        data={offered}
        value={chosen}
        onChange={(value) => setLanguage(offered.find((language) => language === value) ?? 'curl')}
      />
      <Card title={chosen} actions={<CopyButton text={text} what="the code" />}>
        <pre className={`${styles.code} mono`}>{text}</pre>
      </Card>
      {endpoint.data.tokenFile === null && (
        <p className={styles.note}>PATH_TO_DATA is the data folder that the cabinet named when it started.</p>
      )}
    </div>
  )
}
