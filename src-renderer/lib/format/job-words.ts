import type { Job } from '../../../src-contract/contract/admin/job.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'

export const isActive = (job: Job): boolean =>
  job.State === 'running' || job.State === 'waiting' || job.State === 'paused'

/** How long the rest will take at the present rate, where it can be told. */
export function timeLeft({ Done, Total, Rate }: Pick<Job, 'Done' | 'Total' | 'Rate'>): string {
  if (Total === null || !Rate || Done >= Total) return ''
  const seconds = (Total - Done) / Rate
  if (seconds < 5) return ''
  if (seconds < 60) return `${Math.ceil(seconds / 5) * 5} s left`
  if (seconds < 3_600) return `${Math.ceil(seconds / 60)} min left`
  return `${Math.ceil(seconds / 3_600)} h left`
}

/** `214 of 1,000 files, 1 min left`; nothing before anything is known. */
export function progressWords(job: Job): string {
  if (job.State === 'waiting') return 'waiting'
  // The API's word for a model.
  const unit = job.Unit === 'functions' ? 'models' : job.Unit
  const amount =
    job.Total === null
      ? job.Done === 0
        ? ''
        : `${groupedNumber(job.Done)} ${unit}`
      : `${groupedNumber(job.Done)} of ${groupedNumber(job.Total)} ${unit}`
  return [amount, job.State === 'paused' ? 'paused' : timeLeft(job)].filter((part) => part !== '').join(', ')
}
