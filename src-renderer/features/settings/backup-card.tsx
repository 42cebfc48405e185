import { Box, Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job } from '../../../src-contract/contract/admin/job.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { PathInput } from '../../components/forms/path-input.tsx'
import { Card } from '../../components/layout/card.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { call } from '../../lib/api/client.ts'
import { saveFromApi } from '../../lib/api/save-from-api.ts'
import { BackupJobs } from './backup-jobs.tsx'
import styles from './settings-screen.module.css'

/** Copies of the cabinet, and the check that nothing in it is lost or damaged. */
export function BackupCard() {
  const client = useQueryClient()
  const [path, setPath] = useState('')
  const [asking, setAsking] = useState(false)
  const job = useMutation({
    mutationFn: (start: () => Promise<Job>) => start(),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
    onSettled: () => setAsking(false),
  })
  const folder = path.trim()
  const isIdle = folder !== '' && !job.isPending
  return (
    <Card title="Backup and checks">
      <p className="quiet">
        A backup is a complete copy in an empty folder of this machine: models, catalogues, history and all files, also
        those that stay in their own folders. Tokens and these settings stay here.
      </p>
      <Box mt={10}>
        <PathInput
          label="Folder of the backup"
          placeholder="/backups/models-2026-11"
          value={path}
          pick={(bridge) => bridge.pickFolder()}
          onChange={(next) => {
            setPath(next)
            setAsking(false)
            job.reset()
          }}
        />
      </Box>
      {asking ? (
        <div className={styles.question} role="alertdialog" aria-labelledby="restore-question">
          <p id="restore-question">
            Everything in this cabinet is replaced by the backup. Newer files go to the trash for 30 days, and the
            current database is kept next to the restored one as <code>cabinet.db.before-restore</code>.
          </p>
          <Group gap={8} mt={10}>
            <Button
              variant="danger"
              disabled={!isIdle}
              onClick={() => job.mutate(() => call(operations.restoreBackup, { body: { Path: folder } }))}
            >
              Replace everything
            </Button>
            <Button autoFocus onClick={() => setAsking(false)}>
              Keep the current data
            </Button>
          </Group>
        </div>
      ) : (
        <Group gap={8} mt={10}>
          <Button
            disabled={!isIdle}
            onClick={() => job.mutate(() => call(operations.backUp, { body: { Path: folder } }))}
          >
            Back up now
          </Button>
          <Button disabled={!isIdle} onClick={() => setAsking(true)}>
            Restore…
          </Button>
        </Group>
      )}
      {!asking && (
        <Group gap={8} mt={10}>
          <Button disabled={job.isPending} onClick={() => job.mutate(() => call(operations.verifyCabinet, {}))}>
            Verify every file
          </Button>
          <Button onClick={() => void saveFromApi('/admin/export', 'model-cabinet-export.zip')}>
            Export as one zip
          </Button>
        </Group>
      )}
      <Problem>{job.error?.message}</Problem>
      <BackupJobs />
    </Card>
  )
}
