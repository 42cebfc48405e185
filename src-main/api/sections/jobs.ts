import { CHOOSE_BY_FILTER } from '../../../src-contract/contract/functions/selection.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection } from '../middleware/operation.ts'

/** Long work: what it is doing, and how to hold it up (contract.md 6). */
export function jobSection(cabinet: Cabinet) {
  const { jobs } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.listJobs, ({ query: { Offset, Limit } }) => jobs.list({ offset: Offset, limit: Limit }))
  serve(operations.getJob, ({ params }) => jobs.get(params.uuid))
  serve(operations.controlJob, ({ caller, params: { uuid, order } }) => jobs[order](caller, uuid))
  serve(
    operations.changeFunctions,
    async ({ caller, body, signal }) =>
      body.DryRun
        ? cabinet.functions.named(await jobs.chosenBy(caller, body, { signal }))
        : jobs.startBulk(caller, body, { signal }),
    `A request ${CHOOSE_BY_FILTER}.`,
  )
  return app
}
