import { Button, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Job, JobKind } from '../../../src-contract/contract/admin/job.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import { jobName } from '../../../src-contract/words/job-name.ts'
import { controlJob } from '../../actions/control-job.ts'
import { jobsQuery } from '../../lib/api/queries.ts'
import { isActive, progressWords } from '../../lib/format/job-words.ts'
import { ago, wholeMoment } from '../../lib/format/time.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import styles from './backup-jobs.module.css'

const kinds: readonly JobKind[] = ['backup', 'restore', 'verify']

function Icon({ job }: { job: Job }) {
  const look = { size: 16, 'aria-hidden': true }
  if (isActive(job)) return <IconCircleDashed {...look} className={styles.active} />
  if (job.State === 'cancelled') return <IconMinus {...look} className="faint" />
  if (job.State === 'failed' || job.FailureCount > 0) return <IconAlertTriangle {...look} className="bad" />
  return <IconCheck {...look} className="ok" />
}

function Row({ job }: { job: Job }) {
  const active = isActive(job)
  const when = job.EndedAt ?? job.StartedAt
  return (
    <li className={styles.row} aria-label={jobName(job)}>
      <Icon job={job} />
      <div className={styles.body}>
        <span className={styles.line}>
          <span className={styles.name}>{jobName(job)}</span>
          <span className={styles.when} title={when === null ? undefined : wholeMoment(when)}>
            {active ? progressWords(job) : when !== null && ago(when)}
          </span>
          {active && (
            <Button
              size="compact-xs"
              aria-label={`Stop: ${jobName(job)}`}
              onClick={() => controlJob(job.UUID, 'cancel')}
            >
              Stop
            </Button>
          )}
        </span>
        {active && job.Total !== null && (
          <Progress
            size={4}
            color="var(--accent)"
            aria-label={jobName(job)}
            value={(job.Done / Math.max(1, job.Total)) * 100}
          />
        )}
        {job.Message !== '' && <span className={styles.message}>{job.Message}</span>}
        {job.FailureCount > 0 && (
          <button type="button" className={styles.more} onClick={() => dialogs.setState({ activity: true })}>
            {plural(job.FailureCount, 'problem')}: show
          </button>
        )}
      </div>
    </li>
  )
}

/** The latest backup, restore and verification: how far it is, or how it ended. */
export function BackupJobs() {
  const jobs = useQuery(jobsQuery)
  const latest = kinds.flatMap((kind) => jobs.data?.find(({ Kind }) => Kind === kind) ?? [])
  if (latest.length === 0) return null
  return (
    <ul className={styles.list}>
      {latest.map((job) => (
        <Row key={job.UUID} job={job} />
      ))}
    </ul>
  )
}
