import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import { CodeBlock } from '../../../components/text/code-block.tsx'
import { CopyCodeButton } from '../../../components/text/copy-button.tsx'
import { signatureJson, signaturePython, signatureTypescript } from './signature-code.ts'

const writers = { JSON: signatureJson, Python: signaturePython, TypeScript: signatureTypescript } as const
const languages = ['JSON', 'Python', 'TypeScript'] as const

/** The signature in code, to be read and copied. */
export function SignatureCodeCard({ report }: { report: Inspection }) {
  const [language, setLanguage] = useState<(typeof languages)[number]>('JSON')
  const text = writers[language](report)
  return (
    <Card
      title="In code"
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Language of the signature"
            data={[...languages]}
            value={language}
            onChange={setLanguage}
          />
          <CopyCodeButton text={text} label={`Copy as ${language}`} />
        </>
      }
    >
      <CodeBlock label={`The signature in ${language}`} text={text} maxHeight={320} />
    </Card>
  )
}
