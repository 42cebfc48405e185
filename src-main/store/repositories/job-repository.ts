import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { JobFailure, JobKind, JobState } from '../../../src-contract/contract/admin/job.ts'
import { readOr, salvageColumn } from '../salvage.ts'

const JsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('is not valid JSON')
    return z.NEVER
  }
})

/** What a job needs to go on and is called, besides its numbers. */
const JobProgress = z.object({
  /** What the job does, in few words. */
  title: z.string().default(''),
  /** Where the work goes on; null before its first checkpoint. Its shape is the kind's own. */
  checkpoint: z.json().default(null),
  failureCount: z.int().default(0),
  /** How often the program ended in the middle since the last checkpoint. */
  interruptions: z.int().default(0),
  /** Not started before this time in milliseconds; null: as soon as there is room. */
  notBefore: z.number().nullable().default(null),
})

const JobRow = z.object({
  uuid: z.string(),
  kind: JobKind,
  state: JobState,
  input: JsonText.pipe(z.json()),
  progress: JsonText.pipe(JobProgress),
  done: z.int(),
  total: z.int().nullable(),
  unit: z.string(),
  message: z.string(),
  result: JsonText.pipe(z.json()).nullable(),
  failures: JsonText.pipe(z.array(JobFailure)),
  by: z.string(),
  inserted_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
})
/** A job as it is written down. */
export type JobRow = z.infer<typeof JobRow>

/** Failures that a page of the list carries with each job. */
const LISTED_FAILURES = 20

// What a list does not show may be large: a bulk edit carries a million identifiers.
const columns = `uuid, kind, state, input, progress, done, total, unit, message, result, failures, by, inserted_at, started_at, ended_at`
const listed = columns
  .replace('input', "'null' AS input")
  .replace(
    'failures',
    `(SELECT json_group_array(json(value)) FROM (SELECT value FROM json_each(iif(json_valid(job.failures), job.failures, '[]')) LIMIT ${LISTED_FAILURES})) AS failures`,
  )

const WaitingJob = z.object({ uuid: z.string(), kind: JobKind, notBefore: z.number().nullable() })
type WaitingJob = z.infer<typeof WaitingJob>

export type JobRepository = {
  insert(row: JobRow): void
  /** Writes everything but `uuid`, `kind`, `input`, `by` and `inserted_at`, which never change. */
  update(row: JobRow): void
  find(uuid: string): JobRow | undefined
  /** Newest first, each without its input and with its first 20 failures. */
  list(page: { offset: number; limit: number }): JobRow[]
  /** Waiting ones, oldest first, without what they carry. */
  waiting(): WaitingJob[]
  /** Waiting, running and paused ones, oldest first. */
  unfinished(): JobRow[]
  /**
   * Keeps jobs from now on only until the program ends, as where pages of their table are damaged: `verify` and `backup` are asked for most where the database
   * takes no more rows.
   */
  detach(): void
  /** Forgets finished jobs but the newest `keep`. */
  prune(keep: number): void
}

export function createJobRepository(database: Database): JobRepository {
  const state = readOr(
    () => database.pragma("integrity_check('job')", { simple: true }),
    () => 'damaged',
  )
  if (state !== 'ok') shadow(database)
  const insert = database.prepare(
    `INSERT INTO job (${columns}) VALUES (:uuid, :kind, :state, :input, :progress, :done, :total, :unit, :message, :result, :failures, :by, :inserted_at, :started_at, :ended_at)`,
  )
  const update = database.prepare(
    `UPDATE job SET state = :state, progress = :progress, done = :done, total = :total, unit = :unit, message = :message,
     result = :result, failures = :failures, started_at = :started_at, ended_at = :ended_at WHERE uuid = :uuid`,
  )
  const find = database.prepare(`SELECT ${columns} FROM job WHERE uuid = ?`)
  const list = database.prepare(
    `SELECT ${listed} FROM job ORDER BY inserted_at DESC, rowid DESC LIMIT :limit OFFSET :offset`,
  )
  const waiting = database.prepare(
    `SELECT uuid, kind, progress ->> '$.notBefore' AS notBefore FROM job WHERE state = 'waiting' AND json_valid(progress) ORDER BY inserted_at, rowid`,
  )
  const unfinished = database.prepare(
    `SELECT ${columns} FROM job WHERE state IN ('waiting', 'running', 'paused') ORDER BY inserted_at, rowid`,
  )
  const prune = database.prepare(
    `DELETE FROM job WHERE uuid IN (
       SELECT uuid FROM job WHERE state IN ('done', 'failed', 'cancelled') ORDER BY ended_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
  )
  return {
    insert: (row) => void insert.run({ ...toColumns(row), input: JSON.stringify(row.input) }),
    update: (row) => void update.run(toColumns(row)),
    find: (uuid) => soundRows([find.get(uuid)])[0],
    list: (page) => soundRows(list.all(page)),
    waiting: () => z.array(WaitingJob).parse(waiting.all()),
    unfinished: () => soundRows(unfinished.all()),
    detach: () => shadow(database),
    prune: (keep) => void prune.run(keep),
  }
}

/** Makes a table of this connection's own that takes the name of `job`, with what can still be read of that. */
function shadow(database: Database): void {
  const made = database.prepare<[], string>("SELECT sql FROM main.sqlite_schema WHERE name = 'job'").pluck().get()
  const isMade = database.prepare("SELECT 1 FROM sqlite_temp_schema WHERE name = 'job'").get() !== undefined
  if (made === undefined || isMade) return
  const uuids = salvageColumn<string>(database, 'job', 'uuid')
  database.exec(made.replace('CREATE TABLE', 'CREATE TEMP TABLE'))
  const take = database.prepare<[string]>('INSERT OR IGNORE INTO temp.job SELECT * FROM main.job WHERE uuid = ?')
  for (const uuid of uuids) {
    readOr(
      () => void take.run(uuid),
      () => {},
    )
  }
}

/** A job whose row is damaged is none any more: nobody knows what it was to do. */
function soundRows(rows: readonly unknown[]): JobRow[] {
  return rows.flatMap((row) => {
    const { data } = JobRow.safeParse(row)
    return data ? [data] : []
  })
}

function toColumns({ input, ...row }: JobRow) {
  return {
    ...row,
    progress: JSON.stringify(row.progress),
    result: row.result === null ? null : JSON.stringify(row.result),
    failures: JSON.stringify(row.failures),
  }
}
