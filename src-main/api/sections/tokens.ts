import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { createSection, doneBody } from '../middleware/operation.ts'

/** Who may call (contract.md 7). */
export function tokenSection(cabinet: Cabinet) {
  const { sessions, tokens } = cabinet
  const { app, serve } = createSection(cabinet)
  serve(operations.listTokens, () => tokens.list())
  serve(operations.addToken, ({ caller, body }) => tokens.create(caller, body))
  serve(operations.revokeToken, ({ caller, params }) => {
    tokens.revoke(caller, params.uuid)
    return doneBody
  })
  serve(operations.listSessions, ({ context }) => sessions.list(context.var.token))
  serve(operations.endSession, ({ caller, params }) => {
    sessions.end(caller, params.uuid)
    return doneBody
  })
  return app
}
