import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import type { FunctionRecord } from '../../cabinet/functions/function-service.ts'
import type { ApiContext } from './environment.ts'

/** Answers with a function, and with its revision in the header. */
export function withRevision(context: ApiContext, { body, revision }: FunctionRecord): FunctionDetail {
  context.header('ETag', `"${revision}"`)
  return body
}

/**
 * The revision that `If-Match` asks for; empty where any will do (RFC 9110 13.1.1). Of several tags the present one counts.
 * @throws Problem `precondition-failed` where no tag can be a present revision; `not-found` from `present`
 */
export function expectedRevision(context: ApiContext, present: () => FunctionRecord): { expectedRevision?: number } {
  const header = context.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const revisions = header.split(',').map((tag) => Number(/^"(\d{1,15})"$/.exec(tag.trim())?.[1] ?? Number.NaN))
  const { revision } = present()
  if (!revisions.includes(revision)) {
    throw new Problem(
      'precondition-failed',
      `If-Match names another revision than the present one, "${revision}": somebody else changed it meanwhile. Nothing was changed.`,
      { field: 'If-Match' },
    )
  }
  return { expectedRevision: revision }
}
