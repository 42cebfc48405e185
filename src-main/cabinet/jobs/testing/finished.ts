import type { Job } from '../../../../src-contract/contract/admin/job.ts'
import type { Cabinet } from '../../cabinet.ts'

/** Waits until a job has come to an end. */
export async function finished(cabinet: Cabinet, { UUID }: Job): Promise<Job> {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const look = () => {
    const job = cabinet.jobs.get(UUID)
    if (['done', 'failed', 'cancelled'].includes(job.State)) resolve(job)
  }
  const stop = cabinet.events.subscribe((event) => {
    if (event.UUID === UUID) look()
  })
  look()
  return promise.finally(stop)
}
