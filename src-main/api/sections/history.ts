import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { answerJson, createSection, expectedRevisions, withRevision } from '../middleware/operation.ts'
import { tellPage } from '../transfer/tell-page.ts'

/** What a function was before, and what was deleted (contract.md 6). */
export function historySection(cabinet: Cabinet) {
  const { functions, jobs } = cabinet
  const { app, respond, serve } = createSection(cabinet)
  respond(operations.getHistory, ({ params, query, context }) => {
    const page = functions.history(params.uuid, { offset: query.Offset, limit: query.Limit })
    tellPage(context, { ...page, count: page.rows.length }, query)
    return answerJson(context, page.rows)
  })
  serve(operations.restoreRevision, async ({ caller, params: { uuid }, body, signal, context }) => {
    const change = { ...expectedRevisions(context), signal }
    return withRevision(context, await functions.restore(caller, uuid, body.Revision, change))
  })
  respond(operations.listTrash, ({ query, context }) => {
    const page = functions.trash({ offset: query.Offset, limit: query.Limit })
    tellPage(context, { ...page, count: page.rows.length }, query)
    return answerJson(context, page.rows)
  })
  serve(operations.emptyTrash, ({ caller }) => jobs.startBulk(caller, { Trash: true, Change: { Purge: true } }))
  serve(operations.undeleteFunction, ({ caller, params, context }) =>
    withRevision(context, functions.undelete(caller, params.uuid)),
  )
  return app
}
