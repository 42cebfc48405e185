import { createRoute } from '@hono/zod-openapi'
import { ModelLocation } from '../../../src-contract/contract/functions/location.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { answer, byUuid, createSection, guarded, missing, noQuery, refusals } from '../middleware/operation.ts'

/** Where files lie on this machine: for admins alone, since a path tells of the machine and not of the model. */
export function locationSection({ functions, tokens }: Cabinet) {
  return createSection().openapi(
    createRoute({
      ...guarded(tokens, 'locateFunction', 'admin'),
      method: 'get',
      path: '/admin/function/{uuid}/location',
      tags: ['Admin'],
      summary: "Return the path of the function's model on this machine",
      request: { params: byUuid, query: noQuery },
      responses: { 200: answer(ModelLocation, 'The paths'), ...refusals, ...missing },
    }),
    (context) => {
      const { path, external } = functions.modelFiles(context.req.valid('param').uuid)
      return context.json(
        { Path: path, External: external.map((file) => ({ Location: file.location, Path: file.path })) },
        200,
      )
    },
  )
}
