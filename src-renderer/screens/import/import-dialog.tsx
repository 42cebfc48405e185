import { Button, Modal, Select } from '@mantine/core'
import { IconFileImport, IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useStore } from 'zustand'
import { shortBytes } from '../../../src-contract/human-number.ts'
import { cataloguesQuery, configurationQuery, operationsQuery } from '../../api/queries.ts'
import { tellProblem } from '../../components/tell.tsx'
import { useActivePlace } from '../../shell/use-active-place.ts'
import { dialogs } from '../../state/dialogs.ts'
import { chooseFiles, chooseFolder } from './choose-files.ts'
import styles from './import-dialog.module.css'
import { LinkForm } from './link-form.tsx'

function Form({ onClose }: { onClose: () => void }) {
  const catalogues = useQuery(cataloguesQuery)
  const configuration = useQuery(configurationQuery)
  const operations = useQuery(operationsQuery)
  const place = useActivePlace()
  const known = catalogues.data?.some(({ UUID }) => UUID === place) ?? false
  const [catalogue, setCatalogue] = useState<string | null>(known ? place : null)
  const limit = configuration.data?.MaxUploadSize
  const choose = (ask: (catalogue?: string) => Promise<unknown>) => {
    onClose()
    void ask(catalogue ?? undefined).then((found) => {
      if (found === 0) tellProblem('There is no .onnx or .zip file in that folder. Nothing was imported.')
    })
  }
  return (
    <div className={styles.form}>
      <p className={styles.text}>
        ONNX models (.onnx), or zips with one model and its data files
        {limit === undefined ? '' : `, up to ${shortBytes(limit)} each`}. They are copied into the cabinet; the
        originals stay where they are. You can also drop files anywhere in the window.
      </p>
      <Select
        label="Catalogue"
        placeholder="None"
        clearable
        searchable
        data={(catalogues.data ?? []).map(({ UUID, Name }) => ({ value: UUID, label: Name }))}
        value={catalogue}
        onChange={setCatalogue}
      />
      <div className={styles.actions}>
        {!window.cabinet && (
          <Button leftSection={<IconFolder size={15} />} onClick={() => choose(chooseFolder)}>
            Choose a folder…
          </Button>
        )}
        <Button
          variant="filled"
          data-autofocus
          leftSection={<IconFileImport size={15} />}
          onClick={() => choose(chooseFiles)}
        >
          Choose files…
        </Button>
      </div>
      {operations.data?.has('/functions/link') && <LinkForm catalogue={catalogue} onDone={onClose} />}
    </div>
  )
}

/** Asks what to import and into which catalogue. */
export function ImportDialog() {
  const opened = useStore(dialogs, (state) => state.import)
  const close = () => dialogs.setState({ import: false })
  return (
    <Modal opened={opened} onClose={close} title="Import models" size={460}>
      <Form onClose={close} />
    </Modal>
  )
}
