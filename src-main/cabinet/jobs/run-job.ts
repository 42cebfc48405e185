import { setImmediate as nextTurn } from 'node:timers/promises'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { WriteLock } from '../../store/write-lock.ts'
import { type JobDefinition, JobPostponed } from './job-definition.ts'
import { type JobRecords, sentenceOf } from './job-records.ts'
import type { LiveJob } from './live-job.ts'

/** Milliseconds between two progress events of a job, and between two times that mere progress is written down. */
const TELL_EVERY = 250
const WRITE_EVERY = 2_000

type Running = {
  live: LiveJob
  definition: JobDefinition
  signal: AbortSignal
  records: JobRecords
  writeLock: WriteLock
  /** Where errors of the program itself go. */
  log: (error: unknown) => void
}

/** Does a job's work and writes down how it ended. Rejects only where that cannot be written. */
export async function runJob({ live, definition, signal, records, writeLock, log }: Running): Promise<void> {
  const { row } = live
  const tell = createTeller(live, records, writeLock)
  // Promises alone would let the first steps run inside whoever starts it.
  await nextTurn()
  try {
    await writeLock.whenFree({ signal })
    const { result, message } = await definition.run(row.input, {
      uuid: row.uuid,
      caller: { name: row.by, scope: 'write' },
      checkpoint: row.progress.checkpoint,
      signal,
      progress(report) {
        live.progress(report)
        tell()
      },
      failure(what, message) {
        live.failure(what, message)
        tell()
      },
      save(checkpoint) {
        row.progress.checkpoint = checkpoint
        row.progress.interruptions = 0
        records.keep(row)
      },
      async breathe() {
        await nextTurn()
        await writeLock.whenFree({ signal })
      },
    })
    await writeLock.whenFree()
    if (row.state !== 'cancelled') {
      records.end(row, { state: 'done', message: message ?? row.message, result }, row.by)
    }
  } catch (error) {
    await writeLock.whenFree()
    // What was saved in a transaction that failed was not saved: the next run would pass over work that was undone.
    row.progress.checkpoint = records.find(row.uuid)?.progress.checkpoint ?? null
    // Cancelling and pausing were written down when they were asked for; the end of the program is an end in order.
    if (signal.aborted) {
      row.progress.interruptions = 0
      if (row.state === 'running') row.state = 'waiting'
      records.keep(row)
    } else if (error instanceof JobPostponed) {
      row.progress.interruptions = 0
      row.progress.notBefore = Date.now() + error.delay
      records.note(row, { state: 'waiting', message: error.message })
    } else {
      if (!(error instanceof Problem)) log(error)
      records.end(row, { state: 'failed', message: sentenceOf(error) }, row.by)
    }
  }
}

/** Tells of progress, and writes it down, no more often than anybody needs. */
function createTeller({ row }: LiveJob, records: JobRecords, writeLock: WriteLock): () => void {
  let toldAt = 0
  let writtenAt = Date.now()
  return () => {
    const time = Date.now()
    if (row.state !== 'running' || time - toldAt < TELL_EVERY) return
    toldAt = time
    records.tell(row)
    if (time - writtenAt < WRITE_EVERY || !writeLock.isFree()) return
    writtenAt = time
    records.keep(row)
  }
}
