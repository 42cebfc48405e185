import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Watch, WatchRequest } from '../../../src-contract/contract/admin/watch.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  conflict,
  createSection,
  done,
  doneBody,
  guarded,
  guardedWithJson,
  json,
  missing,
  noQuery,
  refusals,
} from '../middleware/operation.ts'

const tags = ['Admin']

/** Folders whose models are imported as they appear (contract.md 6). */
export function watchSection({ watches, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'listWatches', 'admin'),
        method: 'get',
        path: '/admin/watches',
        tags,
        summary: 'Return the watched folders, by path',
        request: { query: noQuery },
        responses: { 200: answer(z.array(Watch), 'The watched folders'), ...refusals },
      }),
      (context) => context.json(watches.list(), 200),
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'addWatch', 'admin'),
        method: 'post',
        path: '/admin/watches',
        tags,
        summary: 'Watch a folder, and import what is in it',
        request: { query: noQuery, body: { required: true, content: json(WatchRequest) } },
        responses: {
          200: answer(Watch, 'The watched folder'),
          ...refusals,
          ...bodyRefusals,
          ...conflict('The folder is watched already'),
        },
      }),
      async (context) => context.json(await watches.add(context.var.caller, context.req.valid('json')), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'removeWatch', 'admin'),
        method: 'delete',
        path: '/admin/watches/{uuid}',
        tags,
        summary: 'Watch a folder no longer; what was imported stays',
        request: { params: byUuid, query: noQuery },
        responses: { ...done, ...refusals, ...missing },
      }),
      async (context) => {
        await watches.remove(context.var.caller, context.req.valid('param').uuid)
        return context.json(doneBody, 200)
      },
    )
}
