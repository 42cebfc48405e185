import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { HistoryEntry, RestoreRequest } from '../../../src-contract/contract/functions/history.ts'
import { Page } from '../../../src-contract/contract/functions/page.ts'
import { TrashItem } from '../../../src-contract/contract/functions/trash.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  createSection,
  guarded,
  guardedWithJson,
  json,
  missing,
  noQuery,
  outdated,
  refusals,
} from '../middleware/operation.ts'
import { expectedRevision, ifMatchHeader, revisionHeader, tellRevision } from '../middleware/revision.ts'

const tags = ['History']

/** What a function was before, and what was deleted (contract.md 6). */
export function historySection({ functions, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'getHistory', 'read'),
        method: 'get',
        path: '/function/{uuid}/history',
        tags,
        summary: 'Return every change of a function, newest first',
        request: { params: byUuid, query: noQuery },
        responses: { 200: answer(z.array(HistoryEntry), 'The revisions'), ...refusals, ...missing },
      }),
      (context) => context.json(functions.history(context.req.valid('param').uuid), 200),
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'restoreRevision', 'write'),
        method: 'post',
        path: '/function/{uuid}/restore',
        tags,
        summary: 'Make a function again what it was at a revision',
        description: 'A new revision with the content of the earlier one, its file included.',
        request: {
          params: byUuid,
          query: noQuery,
          headers: ifMatchHeader,
          body: { required: true, content: json(RestoreRequest) },
        },
        responses: {
          200: { ...answer(FunctionDetail, 'The function as it is now'), headers: revisionHeader },
          ...refusals,
          ...bodyRefusals,
          ...missing,
          ...outdated,
        },
      }),
      async (context) => {
        const { uuid } = context.req.valid('param')
        const { caller, signal } = context.var
        const change = { ...expectedRevision(context, () => functions.get(uuid)), signal }
        const record = await functions.restore(caller, uuid, context.req.valid('json').Revision, change)
        tellRevision(context, record)
        return context.json(record.body, 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listTrash', 'read'),
        method: 'get',
        path: '/functions/trash',
        tags,
        summary: 'Return the deleted functions, latest first',
        description: 'They stay for 30 days.',
        request: { query: Page },
        responses: { 200: answer(z.array(TrashItem), 'The deleted functions'), ...refusals },
      }),
      (context) => {
        const { Offset, Limit } = context.req.valid('query')
        return context.json(functions.trash({ offset: Offset, limit: Limit }), 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'undeleteFunction', 'write'),
        method: 'post',
        path: '/function/{uuid}/undelete',
        tags,
        summary: 'Bring a deleted function back',
        request: { params: byUuid, query: noQuery },
        responses: {
          200: { ...answer(FunctionDetail, 'The function'), headers: revisionHeader },
          ...refusals,
          ...missing,
        },
      }),
      (context) => {
        const record = functions.undelete(context.var.caller, context.req.valid('param').uuid)
        tellRevision(context, record)
        return context.json(record.body, 200)
      },
    )
}
