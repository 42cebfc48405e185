import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconMinus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { z } from 'zod'
import { useStore } from 'zustand'
import type { Job, JobState } from '../../../src-contract/contract/admin/job.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { jobName, jobRemark } from '../../../src-contract/words/job-name.ts'
import { begunChanges, takeBack } from '../../actions/change-many.ts'
import { controlJob, type JobOrder } from '../../actions/control-job.ts'
import { shownRows } from '../../lib/api/shown-rows.ts'
import { isActive, progressWords } from '../../lib/format/job-words.ts'
import { ago, wholeMoment } from '../../lib/format/time.ts'
import { tellError } from '../../lib/notices/notify.tsx'
import results from './import-results.module.css'
import styles from './job-list.module.css'

const icons: Record<JobState, { icon: typeof IconCheck; look: string | undefined }> = {
  waiting: { icon: IconCircleDashed, look: results.waiting },
  running: { icon: IconCircleDashed, look: results.running },
  paused: { icon: IconCircleDashed, look: results.waiting },
  done: { icon: IconCheck, look: results.imported },
  failed: { icon: IconAlertTriangle, look: results.refused },
  cancelled: { icon: IconMinus, look: results.cancelled },
}

const FAILURES = 5

function Controls({ job }: { job: Job }) {
  const button = (label: string, press: () => void) => (
    <Button size="compact-xs" onClick={press} aria-label={`${label}: ${jobName(job)}`}>
      {label}
    </Button>
  )
  const one = (order: JobOrder, label: string) => button(label, () => controlJob(job.UUID, order))
  const undo = useStore(begunChanges, (all) => all[job.UUID] !== undefined) && !isActive(job)
  if (job.State === 'done' && !undo) return null
  return (
    <span className={styles.controls}>
      {job.State === 'running' && one('pause', 'Pause')}
      {job.State === 'paused' && one('resume', 'Resume')}
      {isActive(job) && one('cancel', 'Stop')}
      {(job.State === 'failed' || job.State === 'cancelled') && one('retry', 'Try again')}
      {undo && button('Undo', () => void takeBack(job.UUID).catch(tellError))}
    </span>
  )
}

function Row({ job }: { job: Job }) {
  const { icon: Icon, look } = icons[job.State]
  const when = job.EndedAt ?? job.StartedAt
  const remark = jobRemark(job)
  return (
    <li className={results.row}>
      <Icon size={16} className={look} aria-hidden />
      <div className={results.body}>
        <span className={results.line}>
          <span className={`${results.name} ellipsis`} title={jobName(job)}>
            {jobName(job)}
          </span>
          <span className={results.state} title={when === null ? undefined : wholeMoment(when)}>
            {isActive(job) ? progressWords(job) : `${job.State}${when === null ? '' : `, ${ago(when)}`}`}
          </span>
          <Controls job={job} />
        </span>
        {remark !== '' && <span className={results.message}>{remark}</span>}
        {job.Failures.slice(0, FAILURES).map(({ What, Message }) => (
          <span key={`${What} ${Message}`} className={results.message}>
            {Uuid.safeParse(What).success ? (
              <Link to="/function/$uuid" params={{ uuid: What }}>
                {shownRows().find(({ UUID }) => UUID === What)?.Name ?? What}
              </Link>
            ) : (
              <strong>{What}</strong>
            )}
            : {Message}
          </span>
        ))}
        {job.FailureCount > FAILURES && (
          <span className={results.message}>and {groupedNumber(job.FailureCount - FAILURES)} more that failed</span>
        )}
        {isInTrash(job) && (
          <span className={results.message}>
            <Link to="/trash">Restore from the trash</Link>
          </span>
        )}
        <ImportedFiles job={job} />
      </div>
    </li>
  )
}

const Trashed = z.looseObject({ Trashed: z.int() })
const Imported = z.looseObject({
  Files: z.array(z.object({ Path: z.string(), Outcome: z.string(), UUID: z.string() })),
})

/** Whether an import brought models that the cabinet has in its trash. */
function isInTrash(job: Job): boolean {
  const { data } = Trashed.safeParse(job.Kind === 'import' ? job.Result : null)
  return data !== undefined && data.Trashed > 0
}

/** What became of each file of an import, on request. */
function ImportedFiles({ job }: { job: Job }) {
  const { data } = Imported.safeParse(job.Kind === 'import' ? job.Result : null)
  if (!data || data.Files.length === 0) return null
  // Those that failed stand above, each with what was wrong.
  const came = job.Done - job.FailureCount
  return (
    <details className={results.message}>
      <summary>
        {came > data.Files.length && `The first ${groupedNumber(data.Files.length)} of `}
        {plural(Math.max(came, data.Files.length), 'file')}
      </summary>
      <ul className={styles.files}>
        {data.Files.map(({ Path, Outcome, UUID }) => (
          <li key={Path} className={results.line}>
            <Link className={`${results.name} ellipsis`} to="/function/$uuid" params={{ uuid: UUID }} title={Path}>
              {Path.split(/[\\/]/).at(-1)}
            </Link>
            <span className={results.state}>{outcomes[Outcome] ?? Outcome}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const outcomes: Record<string, string> = {
  imported: 'Imported',
  present: 'Already here',
  changed: 'Updated',
  trashed: 'In the trash',
  part: 'Part of this model',
}

/** The cabinet's jobs, newest first, with what they could not do. */
export function JobList({ jobs }: { jobs: readonly Job[] }) {
  return (
    <section>
      <header className={results.head}>
        <h2 className={results.title}>Activity</h2>
      </header>
      {jobs.length === 0 && <p className={results.more}>No activity yet.</p>}
      <ul className={results.list}>
        {jobs.slice(0, 50).map((job) => (
          <Row key={job.UUID} job={job} />
        ))}
      </ul>
    </section>
  )
}
