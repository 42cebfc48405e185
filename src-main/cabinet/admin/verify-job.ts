import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import type { FileStore } from '../../files/file-store.ts'
import { hashFile } from '../../files/hash-file.ts'
import type { Pool } from '../../processes/pool/pool.ts'
import { alteredRowsTask, integrityTask } from '../../reader/tasks/list-tasks.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import { isDamage } from '../../store/salvage.ts'
import { defineJob, type JobRun } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { nameOf, sentenceOf } from './altered-row.ts'

/** Milliseconds that SQLite may take to check its own file. */
const INTEGRITY_DEADLINE = 10 * 60_000

/** Files between two checkpoints. */
const SAVE_EVERY = 50

const Counts = z.object({ Files: z.int(), FilesWrong: z.int(), Rows: z.int(), RowsWrong: z.int() })
type Counts = z.infer<typeof Counts>

/** `after` is the last row of that step that was looked at. */
const Checkpoint = z.object({ step: z.enum(['rows', 'stored', 'referenced']), after: z.int(), counts: Counts })
type Checkpoint = z.infer<typeof Checkpoint>

type Parts = { changeLog: ChangeLog; repositories: Repositories; files: FileStore; readers: Pool }
type Blob = { id: number; sha256: string; size: number; path: string; modifiedAt: number | null }

/**
 * Reads the whole cabinet and names what is not as the program wrote it: the database, rows changed by hand, files that are lost or
 * damaged. A function whose model is lost or damaged gets the status `error`, one whose model is whole again `ok`.
 */
export function verifyJob({ changeLog, repositories, files, readers }: Parts) {
  const { functions, downloads } = repositories
  /** With a file that was found wrong in this run: another one that is whole does not make them well. */
  const wrongFunctions = new Set<string>()

  async function checkRows(job: JobRun<Checkpoint>, state: Checkpoint): Promise<void> {
    const wrong = (what: string, message: string) => {
      state.counts.RowsWrong++
      job.failure(what, message)
    }
    job.progress({ message: 'Checking the database' })
    const options = { deadline: INTEGRITY_DEADLINE, signal: job.signal }
    const attempt = async (check: () => Promise<void>) => {
      try {
        await check()
      } catch (error) {
        // The files are still to be looked at, whatever the database is like.
        job.signal.throwIfAborted()
        wrong('The database', error instanceof Error ? error.message : String(error))
      }
    }
    await attempt(async () => {
      for (const sentence of await readers.run(integrityTask, null, options)) wrong('The database', sentence)
    })
    await attempt(async () => {
      const { rows, altered, count, unreadable } = await readers.run(alteredRowsTask, null, options)
      state.counts.Rows = rows
      for (const row of altered) wrong(nameOf(row), sentenceOf(row))
      state.counts.RowsWrong += count - altered.length
      for (const sentence of unreadable) wrong('The database', sentence)
    })
  }

  async function checkFiles(
    job: JobRun<Checkpoint>,
    state: Checkpoint,
    next: (after: number) => Blob | undefined,
  ): Promise<void> {
    for (let blob = next(state.after); blob; blob = next(blob.id)) {
      const problem = await problemOf(blob, job.signal)
      const users = downloads.usersOf(blob.id)
      if (problem !== undefined) {
        state.counts.FilesWrong++
        const names = users.map(({ name, uuid }) => `“${name}” (${uuid})`).join(', ')
        job.failure(names || blob.path, `${problem} (${blob.path})`)
      }
      for (const { uuid } of users) noteStatus(uuid, problem)
      state.counts.Files++
      state.after = blob.id
      saveNowAndThen(job, state)
      job.progress({ done: state.counts.Files, message: 'Reading the files' })
      await job.breathe()
    }
  }

  /** The same without the rows that name the files, where those cannot be read: a file is stored under its digest. */
  async function checkStore(job: JobRun<Checkpoint>, state: Checkpoint): Promise<void> {
    for await (const sha256 of files.digests()) {
      const path = files.pathOf(sha256)
      const digest = await hashFile(path, { signal: job.signal }).catch(() => undefined)
      job.signal.throwIfAborted()
      state.counts.Files++
      if (digest === sha256) continue
      state.counts.FilesWrong++
      job.failure(path, 'The file is damaged: the bytes are not those that were kept')
    }
  }

  function noteStatus(uuid: string, problem: string | undefined): void {
    const stored = functions.find(uuid)
    if (!stored || stored.deletedAt !== null) return
    if (problem !== undefined) wrongFunctions.add(uuid)
    else if (wrongFunctions.has(uuid)) return
    const status = problem === undefined ? 'ok' : 'error'
    if (stored.item.Status === status || !['ok', 'error'].includes(stored.item.Status)) return
    changeLog.change((record) => {
      functions.setState(stored.id, { status })
      const summary = problem ?? `The file of “${stored.item.Name}” is whole again.`
      const change = [{ Field: 'Status', Before: stored.item.Status, After: status }]
      record({ kind: 'function.status', uuid, by: 'cabinet', summary, change })
    })
  }

  function countFiles(): number | null {
    try {
      return downloads.totals().reduce((sum, { count }) => sum + count, 0)
    } catch (error) {
      if (isDamage(error)) return null
      throw error
    }
  }

  const nextStored = (after: number): Blob | undefined => {
    const [blob] = downloads.storedAfter(after, 1)
    return blob && { ...blob, path: files.pathOf(blob.sha256), modifiedAt: null }
  }
  const nextReferenced = (after: number): Blob | undefined => {
    const [blob] = downloads.referencedAfter(after, 1)
    return blob && { ...blob, modifiedAt: blob.modified_at_ms }
  }

  return defineJob({
    kind: 'verify',
    scope: 'admin',
    input: z.object({}),
    checkpoint: Checkpoint,
    atOnce: 1,
    title: () => 'Verifying the cabinet',
    async run(_, job) {
      const total = countFiles()
      const state: Checkpoint = job.checkpoint ?? {
        step: 'rows',
        after: 0,
        counts: { Files: 0, FilesWrong: 0, Rows: 0, RowsWrong: 0 },
      }
      wrongFunctions.clear()
      job.progress({ done: state.counts.Files, total, unit: 'files' })
      if (state.step === 'rows') {
        await checkRows(job, state)
        Object.assign(state, { step: 'stored', after: 0 })
      }
      try {
        if (state.step === 'stored') {
          await checkFiles(job, state, nextStored)
          Object.assign(state, { step: 'referenced', after: 0 })
        }
        await checkFiles(job, state, nextReferenced)
      } catch (error) {
        if (!isDamage(error)) throw error
        state.counts.RowsWrong++
        job.failure('The database', 'The rows that name the files cannot be read; every stored file was read instead.')
        Object.assign(state.counts, { Files: 0, FilesWrong: 0 })
        await checkStore(job, state)
      }
      return { result: state.counts, message: closingSentence(state.counts) }
    },
  })
}

/** A checkpoint costs a write to the disk, so that small files are not checkpointed one by one. */
function saveNowAndThen(job: JobRun<Checkpoint>, state: Checkpoint): void {
  if (state.counts.Files % SAVE_EVERY === 0) job.save(structuredClone(state))
}

/** What is wrong with a file; undefined where it is whole. */
async function problemOf({ sha256, size, path, modifiedAt }: Blob, signal: AbortSignal): Promise<string | undefined> {
  const status = await stat(path).catch(() => undefined)
  if (!status) return 'Its file is lost'
  if (status.size !== size) return `Its file has ${plural(status.size, 'byte')} instead of ${groupedNumber(size)}`
  const digest = await hashFile(path, { signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    return error instanceof Error ? error : new Error(String(error))
  })
  if (digest instanceof Error) return `Its file cannot be read: ${digest.message}`
  if (digest === sha256) return undefined
  return modifiedAt === null
    ? 'Its file is damaged: the bytes are not those that were kept'
    : 'Its file was changed since it was added'
}

function closingSentence({ Files, FilesWrong, Rows, RowsWrong }: Counts): string {
  const looked = `Checked ${plural(Files, 'file')} and ${plural(Rows, 'row')}`
  if (FilesWrong + RowsWrong === 0) return `${looked}: all is well.`
  const wrong = [
    ...(FilesWrong > 0 ? [plural(FilesWrong, 'file')] : []),
    ...(RowsWrong > 0 ? [plural(RowsWrong, 'row')] : []),
  ].join(' and ')
  return `${looked}: ${wrong} ${FilesWrong + RowsWrong === 1 ? 'is not as it was' : 'are not as they were'} kept.`
}
