import type { Job, JobKind } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { systemProblem } from '../../files/disk-problem.ts'
import type { Store } from '../../store/open-store.ts'
import { createJobRepository, type JobRepository, type JobRow } from '../../store/repositories/job-repository.ts'
import { isDamage } from '../../store/salvage.ts'
import { storeProblem } from '../../store/store-problem.ts'
import type { ChangeLog, Occurrence } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import type { JobDefinition, Json } from './job-definition.ts'
import { toJob } from './live-job.ts'

/** Finished jobs that are kept for a person to read. */
export const KEPT_JOBS = 200

type JobOutcome = { state: 'done' | 'failed' | 'cancelled'; message: string; result?: Json }

/** The written side of the job runner: every change of a job's state goes through here, with its event. */
export type JobRecords = Pick<JobRepository, 'list' | 'find' | 'waiting' | 'unfinished'> & {
  insert(row: JobRow): Job
  /** Writes a person's change of a job down; `row` has it only once it is on disk. */
  write(row: JobRow, change: Partial<JobRow>, by: string): Job
  /** The same for recurring background work: announced, but not written to the audit log. */
  note(row: JobRow, change: Partial<JobRow>): void
  /** Writes the numbers down and tells nobody. */
  keep(row: JobRow): void
  end(row: JobRow, outcome: JobOutcome, by: string): Job
  /** Tells of progress. */
  tell(row: JobRow): void
}

export function createJobRecords(
  store: Store,
  changeLog: ChangeLog,
  definitions: ReadonlyMap<JobKind, JobDefinition>,
): JobRecords {
  const jobs = createJobRepository(store.database)

  const occurrence = (row: JobRow, by: string) => ({
    kind: 'job.changed' as const,
    uuid: row.uuid,
    by,
    summary: summaryOf(row),
  })

  let isDetached = false
  const untold: Occurrence[] = []
  /** Where the database is damaged and takes no more events, what becomes of a job is told, and kept for as long as the program runs. */
  function change<T>(work: (record: (occurrence: Occurrence) => void) => T): T {
    try {
      if (!isDetached) return changeLog.change(work)
    } catch (error) {
      if (!isDamage(error) || store.database.inTransaction) throw error
      isDetached = true
      jobs.detach()
    }
    const result = store.change(() => work((occurrence) => untold.push(occurrence)))
    // Nobody hears of a change before it is made.
    if (!store.database.inTransaction) for (const occurrence of untold.splice(0)) changeLog.notify(occurrence)
    return result
  }

  function write(row: JobRow, values: Partial<JobRow>, by: string): Job {
    const changed = { ...row, ...values }
    change((record) => {
      jobs.update(changed)
      record(occurrence(changed, by))
    })
    Object.assign(row, values)
    return toJob(row)
  }

  return {
    list: jobs.list,
    find: jobs.find,
    waiting: jobs.waiting,
    unfinished: jobs.unfinished,
    insert(row) {
      change((record) => {
        jobs.insert(row)
        record(occurrence(row, row.by))
      })
      return toJob(row)
    },
    write,
    note(row, values) {
      Object.assign(row, values)
      change(() => jobs.update(row))
      changeLog.notify(occurrence(row, row.by))
    },
    keep: (row) => change(() => jobs.update(row)),
    end: (row, outcome, by) =>
      change(() => {
        const job = write(row, { ...outcome, ended_at: now() }, by)
        const { state, message } = outcome
        if (state !== 'done') {
          definitions.get(row.kind)?.defeated(row.input, row.progress.checkpoint, { uuid: row.uuid, state, message })
        }
        jobs.prune(KEPT_JOBS)
        return job
      }),
    tell: (row) => changeLog.notify(occurrence(row, row.by)),
  }
}

function summaryOf({ kind, state, message }: JobRow): string {
  return message === '' ? `The job (${kind}) is ${state}.` : message
}

/** What a person is told of an error that ended a job. */
export function sentenceOf(error: unknown): string {
  const problem = systemProblem(storeProblem(error))
  if (problem instanceof Problem) return problem.message
  return `Internal error: ${error instanceof Error ? error.message : String(error)}`
}
