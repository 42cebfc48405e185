import { z } from 'zod'
import { BulkChange } from '../../../src-contract/contract/admin/job.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { changeWords } from '../../../src-contract/words/change-words.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import type { Housekeeping } from '../admin/housekeeping.ts'
import type { CatalogueService } from '../catalogues/catalogue-service.ts'
import { BATCH_ROWS, defineJob, type JobRun } from '../jobs/job-definition.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import type { FunctionChanges } from './function-changes.ts'
import type { FunctionService } from './function-service.ts'

/** What a bulk job is asked to do: which functions was settled when it was started. */
export const BulkInput = z.object({ functions: z.array(z.string()), change: BulkChange })
export type BulkInput = z.infer<typeof BulkInput>

/** How many of the functions are through, and changed. */
export const BulkCheckpoint = z.object({ next: z.int(), changed: z.int() })

/** Milliseconds after which a batch is committed although there is room in it: nobody else is answered meanwhile. */
const BATCH_TIME = 40

type Parts = {
  changeLog: ChangeLog
  functions: FunctionService
  changes: FunctionChanges
  catalogues: Pick<CatalogueService, 'list'>
  housekeeping: Pick<Housekeeping, 'free'>
}

/** Makes the same change to many functions, a batch a transaction. What cannot be changed is named, and the rest goes on. */
export function bulkJob({ changeLog, functions, changes, catalogues: places, housekeeping }: Parts) {
  const wordsOf = (change: BulkChange) =>
    changeWords(change, (uuid) => places.list().find(({ UUID }) => UUID === uuid)?.Name)

  function apply(uuid: string, change: BulkChange, { caller }: JobRun<unknown>): void {
    if (change.Delete) functions.remove(caller, uuid)
    else if (change.Undelete) functions.undelete(caller, uuid)
    else if (change.Purge) functions.purge(caller, uuid)
    else {
      const { Set: patch, SetFields, AddCatalogues, RemoveCatalogues } = change
      changes.update(caller, uuid, { ...patch, SetFields, AddCatalogues, RemoveCatalogues })
    }
  }

  return defineJob({
    kind: 'bulk',
    scope: ({ change }) => (change.Purge ? 'admin' : 'write'),
    input: BulkInput,
    checkpoint: BulkCheckpoint,
    atOnce: 1,
    title: ({ functions: all, change }) => wordsOf(change).doing(plural(all.length, 'model')),
    async run({ functions: all, change }, job) {
      let { next, changed } = job.checkpoint ?? { next: 0, changed: 0 }
      job.progress({ done: next, total: all.length, unit: 'functions' })
      while (next < all.length) {
        const failures: [string, string][] = []
        const started = performance.now()
        let done = 0
        changeLog.change(() => {
          for (const uuid of all.slice(next, next + BATCH_ROWS)) {
            if (performance.now() - started > BATCH_TIME) break
            done++
            try {
              changeLog.change(() => apply(uuid, change, job))
            } catch (error) {
              // What is wrong with one function does not stop the others; a full disk does.
              if (!(error instanceof Problem) || error.status >= 500) throw error
              failures.push([uuid, error.message])
            }
          }
          job.save({ next: next + done, changed: changed + done - failures.length })
        })
        for (const [uuid, message] of failures) job.failure(uuid, message)
        next += done
        changed += done - failures.length
        job.progress({ done: next })
        await job.breathe()
      }
      if (change.Purge) await housekeeping.free({ all: functions.trashed().length === 0 })
      const amount = changed === all.length ? '' : `${groupedNumber(changed)} of `
      const message = `${wordsOf(change).done(`${amount}${plural(all.length, 'model')}`)}.`
      return { result: { Changed: changed, Failed: all.length - changed }, message }
    },
  })
}
