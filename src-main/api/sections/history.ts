import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection, expectedRevisions, withRevision } from '../middleware/operation.ts'

/** What a function was before, and what was deleted (contract.md 6). */
export function historySection(cabinet: Cabinet) {
  const { functions } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.getHistory, ({ params }) => functions.history(params.uuid))
  serve(operations.restoreRevision, async ({ caller, params: { uuid }, body, signal, context }) => {
    const change = { ...expectedRevisions(context), signal }
    return withRevision(context, await functions.restore(caller, uuid, body.Revision, change))
  })
  serve(operations.listTrash, ({ query: { Offset, Limit } }) => functions.trash({ offset: Offset, limit: Limit }))
  serve(operations.undeleteFunction, ({ caller, params, context }) =>
    withRevision(context, functions.undelete(caller, params.uuid)),
  )
  return app
}
