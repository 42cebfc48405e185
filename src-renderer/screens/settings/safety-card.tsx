import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job } from '../../../src-contract/job.ts'
import { startCopy, startVerify } from '../../api/admin.ts'
import { saveFromApi } from '../../api/save-from-api.ts'
import { Card } from '../../components/card.tsx'
import { PathInput } from '../../components/path-input.tsx'
import { dialogs } from '../../state/dialogs.ts'
import styles from './settings-screen.module.css'

/** Copies of the cabinet, and the check that nothing in it is lost or damaged. */
export function SafetyCard() {
  const client = useQueryClient()
  const [path, setPath] = useState('')
  const [sure, setSure] = useState(false)
  const job = useMutation({
    mutationFn: (start: () => Promise<Job>) => start(),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['jobs'] })
      dialogs.setState({ activity: true })
    },
  })
  const folder = path.trim()
  return (
    <Card title="Backup and checks">
      <p className={styles.text}>
        A backup is a complete copy in a folder of this machine: models, files, history and settings. Restoring makes
        the cabinet what it was when the backup was made.
      </p>
      <div className={styles.form}>
        <PathInput
          label="Folder"
          placeholder="/backups/models-2026-11"
          value={path}
          pick={(bridge) => bridge.pickFolder()}
          onChange={(next) => {
            setPath(next)
            setSure(false)
          }}
        />
        <Button disabled={folder === '' || job.isPending} onClick={() => job.mutate(() => startCopy('backup', folder))}>
          Back up now
        </Button>
        <Button
          variant={sure ? 'danger' : 'default'}
          disabled={folder === '' || job.isPending}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? job.mutate(() => startCopy('restore', folder)) : setSure(true))}
        >
          {sure ? 'Replace everything' : 'Restore…'}
        </Button>
      </div>
      {job.isError && (
        <p className={styles.problem} role="alert">
          {job.error.message}
        </p>
      )}
      <div className={styles.actions}>
        <Button disabled={job.isPending} onClick={() => job.mutate(startVerify)}>
          Verify every file
        </Button>
        <Button onClick={() => void saveFromApi('/admin/export', 'model-cabinet-export.zip')}>Export as one zip</Button>
      </div>
    </Card>
  )
}
