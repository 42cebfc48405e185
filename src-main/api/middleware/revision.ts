import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import type { FunctionRecord } from '../../cabinet/functions/function-service.ts'
import type { ApiContext } from './environment.ts'

/** Answers with a function, and with its revision in the header. */
export function withRevision(context: ApiContext, { body, revision }: FunctionRecord): FunctionDetail {
  context.header('ETag', `"${revision}"`)
  return body
}

/** The revisions that `If-Match` asks for; empty where any will do (RFC 9110 13.1.1). A tag that can be no revision matches none. */
export function expectedRevisions(context: ApiContext): { expectedRevisions?: number[] } {
  const header = context.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const tags = header.split(',').map((tag) => /^"(\d{1,15})"$/.exec(tag.trim())?.[1])
  return { expectedRevisions: tags.filter((tag) => tag !== undefined).map(Number) }
}
