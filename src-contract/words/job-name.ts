import type { Job, JobKind } from '../contract/admin/job.ts'

const kinds: Record<JobKind, string> = {
  import: 'Import',
  fetch: 'Download',
  benchmark: 'Benchmark',
  digests: 'Tensor digests',
  backup: 'Backup',
  restore: 'Restore',
  verify: 'Verification',
  bulk: 'Bulk change',
}

type Named = Pick<Job, 'Kind' | 'State' | 'Title' | 'Message'>

/** What a job is called, for people. Changes of many models are of many sorts: by what they do, and in the end by what they did. */
export function jobName({ Kind, State, Title, Message }: Named): string {
  if (Kind !== 'bulk') return kinds[Kind]
  return (State === 'done' ? Message.replace(/\.$/, '') : Title) || kinds.bulk
}

/** What there is to say of a job besides its name. */
export const jobRemark = (job: Named): string => (job.Message.replace(/\.$/, '') === jobName(job) ? '' : job.Message)
