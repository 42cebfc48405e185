import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, includes } from '../../../src-contract/contract/admin/caller.ts'
import type { Job, JobKind } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { Store } from '../../store/open-store.ts'
import type { JobRow } from '../../store/repositories/job-repository.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'
import { type JobDefinition, JobInterrupted, type Json } from './job-definition.ts'
import { createJobRecords, KEPT_JOBS } from './job-records.ts'
import { type JobCommand, requireState } from './job-states.ts'
import { createLiveJob, type LiveJob, toJob } from './live-job.ts'
import { runJob } from './run-job.ts'

/** A job in whose midst the program ended so often without a step forward is not taken up again by itself. */
const MAX_INTERRUPTIONS = 3
/** Milliseconds that closing waits for jobs to stop. */
const CLOSE_LIMIT = 1_000
/** The longest time that a timer can be set for. */
const MAX_TIMER = 2 ** 31 - 1
/** Milliseconds after which what the disk did not take is written again. */
const WRITE_AGAIN = 1_000

/** The jobs that were started, whatever started them. */
export type WrittenJobs = {
  /** Newest first. */
  list(page?: { offset: number; limit: number }): Job[]
  /** @throws Problem `not-found`. */
  get(uuid: string): Job
  /** @throws Problem `not-found`; `forbidden`; `conflict` where the job's state does not allow it (the same for the next three). */
  cancel(caller: Caller, uuid: string): Job
  pause(caller: Caller, uuid: string): Job
  resume(caller: Caller, uuid: string): Job
  retry(caller: Caller, uuid: string): Job
}

export type JobRunner = WrittenJobs & {
  /** Makes a kind known; all of them before `open`. See `defineJob` for an example. */
  register(definition: JobDefinition): void
  /** Writes a job down, in the caller's transaction where there is one, and starts it when there is room. */
  start(caller: Caller, kind: JobKind, input: Json): Job
  /** What a job was asked to do, and how far it came. @throws Problem `not-found`. */
  written(uuid: string): { input: Json; checkpoint: Json; state: Job['State'] }
  /** Waiting, running and paused jobs of a kind, oldest first. */
  unfinished(kind: JobKind): { uuid: string; input: Json }[]
  /** Takes up what the last run of the program left. */
  open(): void
  /** Interrupts what runs, so that it goes on at the next start, and resolves when it has stopped (after 1 s at the latest). */
  close(): Promise<void>
}

export type JobRunnerOptions = {
  store: Store
  changeLog: ChangeLog
  /** Where errors go that nobody waits for, such as a disk that fills while a job ends. */
  log?: (error: unknown) => void
}

type Active = { live: LiveJob; abort: AbortController; ended: Promise<void> }

/** Runs long work, a few of each kind at a time, and writes it down so that it survives a restart. */
export function createJobRunner({ store, changeLog, log = console.error }: JobRunnerOptions): JobRunner {
  const definitions = new Map<JobKind, JobDefinition>()
  const records = createJobRecords(store, changeLog, definitions)
  const active = new Map<string, Active>()
  /** Jobs that ended while the disk took nothing, so that their rows still say that they run. */
  const unwritten = new Set<string>()
  let state: 'new' | 'open' | 'closed' = 'new'
  let timer: NodeJS.Timeout | undefined

  function definitionOf(kind: JobKind): JobDefinition {
    const definition = definitions.get(kind)
    if (!definition) throw new Problem('unexpected', `This program has no job of the kind ${kind}.`)
    return definition
  }

  function rowOf(uuid: string): JobRow {
    const row = active.get(uuid)?.live.row ?? records.find(uuid)
    if (!row) throw new Problem('not-found', 'There is no such job. Finished jobs are kept only for a while.', { uuid })
    return row
  }

  /** @throws Problem `forbidden` where the caller might not have started such a job: a right holds for the object, not only at the door. */
  function requireScope({ scope }: Caller, kind: JobKind, input: Json): void {
    const needed = definitionOf(kind).scope(input)
    if (!includes(scope, needed)) throw new Problem('forbidden', `This job needs a token of the scope ${needed}.`)
  }

  function controlled(caller: Caller, uuid: string, command: JobCommand): JobRow {
    const row = rowOf(uuid)
    requireScope(caller, row.kind, row.input)
    requireState(row, command)
    return row
  }

  /** Starts what can start. After the present transaction, so that a job that is rolled back never runs. */
  function wake(): void {
    setImmediate(async () => {
      try {
        await store.writeLock.whenFree()
        if (state === 'open') dispatch()
      } catch (error) {
        log(error)
        clearTimeout(timer)
        timer = setTimeout(wake, WRITE_AGAIN).unref()
      }
    })
  }

  function dispatch(): void {
    clearTimeout(timer)
    for (const uuid of unwritten) {
      const row = records.find(uuid)
      if (row) takeUp(row, 'Its end could not be written down')
      unwritten.delete(uuid)
    }
    const waiting = records.waiting().filter(({ uuid }) => !active.has(uuid))
    const time = Date.now()
    for (const { uuid, kind, notBefore } of waiting) {
      if ((notBefore ?? 0) > time) continue
      const definition = definitionOf(kind)
      const busy = [...active.values()].filter(({ live }) => live.row.kind === kind).length
      if (busy < definition.atOnce) begin(rowOf(uuid), definition)
    }
    const next = Math.min(...waiting.map(({ notBefore }) => notBefore ?? 0).filter((at) => at > time))
    if (Number.isFinite(next)) timer = setTimeout(wake, Math.min(next - time, MAX_TIMER)).unref()
  }

  function begin(row: JobRow, definition: JobDefinition): void {
    row.progress.notBefore = null
    row.progress.interruptions++
    records.note(row, { state: 'running', started_at: row.started_at ?? now() })
    const abort = new AbortController()
    const live = createLiveJob(row)
    const ended = runJob({ live, definition, signal: abort.signal, records, writeLock: store.writeLock, log })
      .catch((error: unknown) => {
        unwritten.add(row.uuid)
        log(error)
      })
      .finally(() => {
        active.delete(row.uuid)
        wake()
      })
    active.set(row.uuid, { live, abort, ended })
  }

  function interrupt(uuid: string, by: JobInterrupted['by']): void {
    active.get(uuid)?.abort.abort(new JobInterrupted(by))
  }

  /** A job whose row says that it runs, which it does not. */
  function takeUp(row: JobRow, why = 'Model Cabinet quit while the job was running'): void {
    const definition = definitions.get(row.kind)
    const fail = (message: string) => records.end(row, { state: 'failed', message }, row.by)
    if (!definition) fail('This version of Model Cabinet no longer supports this kind of job.')
    else if (row.state !== 'running') return
    else if (definition.indivisible !== undefined) fail(`${why}. Retry restarts it.`)
    else if (row.progress.interruptions >= MAX_INTERRUPTIONS) {
      fail(`Model Cabinet quit ${MAX_INTERRUPTIONS} times while the job was running. Retry resumes it.`)
    } else records.note(row, { state: 'waiting' })
  }

  return {
    register(definition) {
      definitions.set(definition.kind, definition)
    },
    start(caller, kind, input) {
      requireScope(caller, kind, input)
      const message = definitionOf(kind).title(input)
      const job = records.insert(newRow({ kind, input, message, by: caller.name }))
      wake()
      return job
    },
    list: ({ offset, limit } = { offset: 0, limit: KEPT_JOBS }) =>
      records.list({ offset, limit }).map((row) => {
        const live = active.get(row.uuid)?.live
        return live ? toJob({ ...live.row, failures: row.failures }, live.rate()) : toJob(row)
      }),
    get: (uuid) => toJob(rowOf(uuid), active.get(uuid)?.live.rate()),
    written(uuid) {
      const { input, progress, state: present } = rowOf(uuid)
      return { input, checkpoint: progress.checkpoint, state: present }
    },
    unfinished: (kind) => records.unfinished().filter((row) => row.kind === kind),
    cancel(caller, uuid) {
      const row = controlled(caller, uuid, 'cancel')
      const job = records.end(row, { state: 'cancelled', message: 'Cancelled.' }, caller.name)
      interrupt(uuid, 'cancel')
      return job
    },
    pause(caller, uuid) {
      const row = controlled(caller, uuid, 'pause')
      const { indivisible } = definitionOf(row.kind)
      if (indivisible !== undefined) throw new Problem('conflict', indivisible, { uuid })
      const job = records.write(row, { state: 'paused' }, caller.name)
      interrupt(uuid, 'pause')
      return job
    },
    resume(caller, uuid) {
      const row = controlled(caller, uuid, 'resume')
      row.progress.notBefore = null
      const job = records.write(row, { state: 'waiting' }, caller.name)
      wake()
      return job
    },
    retry(caller, uuid) {
      const row = controlled(caller, uuid, 'retry')
      const job = records.write(row, retried(row, definitionOf(row.kind).title(row.input)), caller.name)
      wake()
      return job
    },
    open() {
      state = 'open'
      for (const row of records.unfinished()) takeUp(row)
      wake()
    },
    async close() {
      state = 'closed'
      clearTimeout(timer)
      for (const uuid of active.keys()) interrupt(uuid, 'close')
      const ended = Promise.all([...active.values()].map((job) => job.ended))
      await Promise.race([ended, sleep(CLOSE_LIMIT, undefined, { ref: false })])
    },
  }
}

function newRow(given: Pick<JobRow, 'kind' | 'input' | 'message' | 'by'>): JobRow {
  return {
    ...given,
    uuid: randomUUID(),
    state: 'waiting',
    progress: { title: given.message, checkpoint: null, failureCount: 0, interruptions: 0, notBefore: null },
    done: 0,
    total: null,
    unit: '',
    result: null,
    failures: [],
    inserted_at: now(),
    started_at: null,
    ended_at: null,
  }
}

/** A job that came to its end goes through all of it again; another goes on where it stopped. */
function retried(row: JobRow, message: string): Partial<JobRow> {
  const checkpoint = row.state === 'done' ? null : row.progress.checkpoint
  const failureCount = checkpoint === null ? 0 : row.progress.failureCount
  return {
    state: 'waiting',
    message,
    result: null,
    ended_at: null,
    progress: { title: message, checkpoint, failureCount, interruptions: 0, notBefore: null },
    ...(checkpoint === null && { done: 0, total: null, failures: [] }),
  }
}
