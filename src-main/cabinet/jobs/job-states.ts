import type { JobState } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { JobRow } from '../../store/repositories/job-repository.ts'

export type JobCommand = 'cancel' | 'pause' | 'resume' | 'retry'

/** From which states a person may do what. Resuming a waiting job starts one that waits for its time at once. */
const allowed: Record<JobCommand, readonly JobState[]> = {
  cancel: ['waiting', 'running', 'paused'],
  pause: ['waiting', 'running'],
  resume: ['paused', 'waiting'],
  retry: ['failed', 'cancelled', 'done'],
}

const words: Record<JobState, string> = {
  waiting: 'is waiting',
  running: 'is running',
  paused: 'is paused',
  done: 'is done',
  failed: 'has failed',
  cancelled: 'was cancelled',
}

/** @throws Problem `conflict` where the job's state does not allow the command. */
export function requireState(row: JobRow, command: JobCommand): void {
  if (!allowed[command].includes(row.state)) {
    throw new Problem('conflict', `This job ${words[row.state]}, so there is nothing to ${command}.`, {
      uuid: row.uuid,
    })
  }
  if (command === 'retry' && row.state === 'done' && row.progress.failureCount === 0) {
    throw new Problem('conflict', 'This job did all of its work, so there is nothing to retry.', { uuid: row.uuid })
  }
}
