import type { Job } from '../../../src-contract/contract/admin/job.ts'
import type { JobRow } from '../../store/repositories/job-repository.ts'
import type { ProgressReport } from './job-definition.ts'

/** Failures that are kept; the rest is counted. */
const KEPT_FAILURES = 500
/** Length of the text that a failure keeps. */
const FAILURE_LENGTH = 1_000
/** Milliseconds over which the rate is taken. */
const RATE_WINDOW = 5_000
const SAMPLE_EVERY = 250

/** The state of a running job between two times that it is written down. */
export type LiveJob = {
  row: JobRow
  progress(report: ProgressReport): void
  failure(what: string, message: string): void
  /** Units per second lately; null before there is anything to tell. */
  rate(): number | null
}

export function createLiveJob(row: JobRow, now: () => number = performance.now.bind(performance)): LiveJob {
  const samples = [{ at: now(), done: row.done }]
  const live: LiveJob = {
    row,
    progress({ done, total, unit, message, result }) {
      if (done !== undefined) live.row.done = done
      if (total !== undefined) live.row.total = total
      if (unit !== undefined) live.row.unit = unit
      if (message !== undefined) live.row.message = message
      if (result !== undefined) live.row.result = result
      sample()
    },
    failure(what, message) {
      live.row.progress.failureCount++
      if (live.row.failures.length >= KEPT_FAILURES) return
      live.row.failures.push({ What: what.slice(0, FAILURE_LENGTH), Message: message.slice(0, FAILURE_LENGTH) })
    },
    rate() {
      const first = samples[0]
      if (!first) return null
      const seconds = (now() - first.at) / 1000
      return seconds < SAMPLE_EVERY / 1000 ? null : Math.max(0, live.row.done - first.done) / seconds
    },
  }

  function sample(): void {
    const at = now()
    const last = samples.at(-1)
    // Work that begins anew would count backwards.
    if (last && live.row.done < last.done) samples.length = 0
    else if (last && at - last.at < SAMPLE_EVERY) return
    samples.push({ at, done: live.row.done })
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > RATE_WINDOW) samples.shift()
  }

  return live
}

/** A job as the API shows it. */
export function toJob(row: JobRow, rate: number | null = null): Job {
  return {
    UUID: row.uuid,
    Kind: row.kind,
    State: row.state,
    Title: row.progress.title,
    Done: row.done,
    Total: row.total,
    Unit: row.unit,
    Message: row.message,
    Rate: rate,
    StartedAt: row.started_at,
    EndedAt: row.ended_at,
    Result: row.result,
    Failures: row.failures,
    FailureCount: row.progress.failureCount,
  }
}
