import { createRoute } from '@hono/zod-openapi'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { LinkRequest, LinkUpdate } from '../../../src-contract/contract/functions/link.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  conflict,
  createSection,
  guardedWithJson,
  json,
  missing,
  noQuery,
  outdated,
  refusals,
} from '../middleware/operation.ts'
import { expectedRevision, ifMatchHeader, revisionHeader, tellRevision } from '../middleware/revision.ts'

const tags = ['Function']

/** Operations 11 and 15: functions whose file comes from somewhere else (contract.md 5). */
export function linkSection({ functions, links, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'updateFunctionLink', 'write'),
        method: 'patch',
        path: '/function/{uuid}/link',
        tags,
        summary: 'Update a single function through the linked settings',
        description:
          '`true` fetches the file again from the link, whatever its kind; `false` unlinks the function and keeps its file.',
        request: {
          params: byUuid,
          query: noQuery,
          headers: ifMatchHeader,
          body: { required: true, content: json(LinkUpdate) },
        },
        responses: {
          200: { ...answer(FunctionDetail, 'The function as it is now'), headers: revisionHeader },
          ...refusals,
          ...bodyRefusals,
          ...missing,
          ...outdated,
          ...conflict('The function has no link'),
        },
      }),
      (context) => {
        const { uuid } = context.req.valid('param')
        const expected = expectedRevision(context, () => functions.get(uuid))
        const record = links.update(context.var.caller, uuid, context.req.valid('json'), expected)
        tellRevision(context, record)
        return context.json(record.body, 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'addFunctionLink', 'write'),
        method: 'post',
        path: '/functions/link',
        tags,
        summary: 'Add a new function with a linked remote',
        description:
          'From an Edge Impulse project, an http or https address, or (scope admin) a file on this machine. The answer has Status ' +
          '`downloading`; the file is fetched in the background.',
        request: { query: noQuery, body: { required: true, content: json(LinkRequest) } },
        responses: {
          200: { ...answer(FunctionDetail, 'The new function'), headers: revisionHeader },
          ...refusals,
          ...bodyRefusals,
        },
      }),
      (context) => {
        const record = links.add(context.var.caller, context.req.valid('json'))
        tellRevision(context, record)
        return context.json(record.body, 200)
      },
    )
}
