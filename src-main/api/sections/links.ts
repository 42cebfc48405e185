import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection, doneBody, expectedRevisions, withRevision } from '../middleware/operation.ts'

/** Operations 11 and 15: functions whose file comes from somewhere else (contract.md 5). */
export function linkSection(cabinet: Cabinet) {
  const { links } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.updateFunctionLink, ({ caller, params: { uuid }, body, context }) => {
    return withRevision(context, links.update(caller, uuid, body, expectedRevisions(context)))
  })
  serve(operations.addFunctionLink, async ({ caller, body, context, signal }) =>
    withRevision(context, await links.addAll(caller, body, signal)),
  )
  serve(operations.listHostTokens, () => links.hostTokens.list())
  serve(operations.setHostToken, ({ caller, body }) => {
    links.hostTokens.set(caller, body)
    return doneBody
  })
  serve(operations.removeHostToken, ({ caller, query }) => {
    links.hostTokens.remove(caller, query.Origin)
    return doneBody
  })
  return app
}
