import { createRoute } from '@hono/zod-openapi'
import { Message } from '../../../src-contract/contract/admin/message.ts'
import { Inspection, RuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { answer, byUuid, createSection, guarded, missing, noQuery, refusals } from '../middleware/operation.ts'

const tags = ['Model']

/** What is known of a model from its file, and whether it runs here (contract.md 6). */
export function inspectionSection({ functions, checks, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'getInspection', 'read'),
        method: 'get',
        path: '/function/{uuid}/inspection',
        tags,
        summary: 'Return what was read from the model',
        description:
          'Structure, signature, operators, sizes and warnings, and whether ONNX Runtime opens it on this machine.',
        request: { params: byUuid, query: noQuery },
        responses: { 200: answer(Inspection, 'The report'), ...refusals, ...missing },
      }),
      (context) => context.json(functions.inspection(context.req.valid('param').uuid), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'checkFunction', 'write'),
        method: 'post',
        path: '/function/{uuid}/check',
        tags,
        summary: 'Check again whether the model runs on this machine',
        description:
          'It is opened in the background, as a new model is; `Runtime` of the report and `Runs` of the function tell what came of it.',
        request: { params: byUuid, query: noQuery },
        responses: {
          200: answer(RuntimeCheck, 'What is known until then'),
          ...refusals,
          ...missing,
          503: answer(Message, 'The file is lost'),
        },
      }),
      (context) => context.json(checks.again(context.var.caller, context.req.valid('param').uuid), 200),
    )
}
