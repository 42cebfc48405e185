import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionRecord } from '../../cabinet/functions/function-service.ts'
import type { ApiContext } from './environment.ts'

/** Tells the revision of what is answered. */
export function tellRevision(context: ApiContext, { revision }: FunctionRecord): void {
  context.header('ETag', `"${revision}"`)
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

export const revisionHeader = z.object({
  ETag: z.string().meta({ description: 'The revision, for `If-Match`', examples: ['"1"'] }),
})

/** For the document; `expectedRevision` reads it. */
export const ifMatchHeader = z.object({
  'If-Match': z
    .string()
    .optional()
    .meta({ description: 'The revision that is meant, as `ETag` told it', examples: ['"1"'] }),
})
