import { Button, SegmentedControl } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { signatureJson, signaturePython, signatureTypescript } from './signature-code.ts'
import styles from './signature-code-card.module.css'

const writers = { JSON: signatureJson, Python: signaturePython, TypeScript: signatureTypescript } as const
const languages = ['JSON', 'Python', 'TypeScript'] as const

/** The signature in code, to be read and copied. */
export function SignatureCodeCard({ report }: { report: Inspection }) {
  const [language, setLanguage] = useState<(typeof languages)[number]>('JSON')
  const clipboard = useClipboard({ timeout: 1500 })
  const text = writers[language](report)
  return (
    <Card
      title="In code"
      actions={
        <span className={styles.actions}>
          <SegmentedControl
            size="xs"
            aria-label="Language of the signature"
            data={[...languages]}
            value={language}
            onChange={(value) => setLanguage(languages.find((one) => one === value) ?? 'JSON')}
          />
          <Button
            size="compact-sm"
            leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={() => clipboard.copy(text)}
          >
            {clipboard.copied ? 'Copied' : `Copy as ${language}`}
          </Button>
        </span>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={`The signature in ${language}`}>
        <pre className={`${styles.code} mono`}>{text}</pre>
      </section>
    </Card>
  )
}
