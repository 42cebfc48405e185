import { createRoute } from '@hono/zod-openapi'
import { Inspection } from '../../src-contract/inspection.ts'
import type { Cabinet } from '../catalogue/cabinet.ts'
import { answer, byUuid, createSection, guarded, missing, noQuery, refusals } from './operation.ts'

/** What is known of a model from its file (additions.md). */
export function inspectionSection({ functions, tokens }: Cabinet) {
  return createSection().openapi(
    createRoute({
      ...guarded(tokens, 'getInspection', 'read'),
      method: 'get',
      path: '/function/{uuid}/inspection',
      tags: ['Model'],
      summary: 'Return what was read from the model',
      description:
        'Structure, signature, operators, sizes and warnings, and whether ONNX Runtime opens it on this machine.',
      request: { params: byUuid, query: noQuery },
      responses: { 200: answer(Inspection, 'The report'), ...refusals, ...missing },
    }),
    (context) => context.json(functions.inspection(context.req.valid('param').uuid), 200),
  )
}
