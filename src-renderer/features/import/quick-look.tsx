import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { shortBytes } from '../../../src-contract/words/human-number.ts'
import { madeBy, operatorsWords, parametersWords } from '../../../src-contract/words/report-words.ts'
import { shortSignature } from '../../../src-contract/words/signature-line.ts'
import { useStartImport } from '../../actions/import/use-start-import.ts'
import { Form } from '../../components/forms/form.tsx'
import { PathInput } from '../../components/forms/path-input.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { SignatureRows } from '../../components/model/signature-line.tsx'
import { call } from '../../lib/api/client.ts'
import styles from './import-dialog.module.css'

function Report({ report }: { report: Inspection }) {
  return (
    <section className={styles.report} aria-label="Metadata from the file">
      <SignatureRows signature={shortSignature(report.Inputs, report.Outputs)} />
      <dl>
        <Fact label="File">{shortBytes(report.FileSize)}</Fact>
        <Fact label="Made by">{madeBy(report)}</Fact>
        <Fact label="Parameters">{parametersWords(report)}</Fact>
        <Fact label="Contents">{operatorsWords(report)}</Fact>
        {report.Warnings.slice(0, 3).map(({ Code, Message }) => (
          <Fact key={`${Code} ${Message}`} label="Warning">
            {Message}
          </Fact>
        ))}
      </dl>
    </section>
  )
}

/** Tells what a model file is without taking it into the cabinet. */
export function QuickLook({ onDone }: { onDone: () => void }) {
  const [path, setPath] = useState('')
  const look = useMutation({ mutationFn: () => call(operations.inspectFile, { body: { Path: path.trim() } }) })
  const take = useStartImport(onDone)
  return (
    <Form ready={path.trim() !== ''} onSubmit={look.mutate}>
      <PathInput
        label={window.cabinet ? 'Model file' : 'Model file on the cabinet’s computer'}
        placeholder="/data/models/detector.onnx"
        value={path}
        pick={async (bridge) => (await bridge.pickFiles())[0]}
        error={look.error?.message ?? take.error?.message}
        onChange={(next) => {
          setPath(next)
          look.reset()
        }}
      />
      {look.data && <Report report={look.data} />}
      <Group gap={8} justify="flex-end">
        <Button
          type="submit"
          variant={look.data ? 'default' : 'filled'}
          disabled={path.trim() === '' || look.isPending}
        >
          Inspect
        </Button>
        {look.data && (
          <Button
            variant="filled"
            disabled={take.isPending}
            onClick={() => take.mutate({ Paths: [path.trim()], Mode: 'copy', Recursive: false })}
          >
            Import it
          </Button>
        )}
      </Group>
    </Form>
  )
}
