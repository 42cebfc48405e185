import { createRoute } from '@hono/zod-openapi'
import { Configuration } from '../../../src-contract/contract/admin/configuration.ts'
import { OnlineStatus } from '../../../src-contract/contract/admin/status.ts'
import { Statistics } from '../../../src-contract/contract/functions/statistics.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { answer, createSection, guarded, noQuery, refusals } from '../middleware/operation.ts'

/** Operations 6, 7 and 19 (contract.md 1). */
export function globalSection(cabinet: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(cabinet.tokens, 'getConfiguration', 'read'),
        method: 'get',
        path: '/configuration',
        tags: ['Global'],
        summary: 'Return configured parameters for service',
        request: { query: noQuery },
        responses: { 200: answer(Configuration, 'The configuration'), ...refusals },
      }),
      (context) => context.json(cabinet.configuration(), 200),
    )
    .openapi(
      createRoute({
        ...guarded(cabinet.tokens, 'getStatistics', 'read'),
        method: 'get',
        path: '/functions/statistics',
        tags: ['Global'],
        summary: 'Return statistics for all functions',
        request: { query: noQuery },
        responses: { 200: answer(Statistics, 'Numbers over all functions'), ...refusals },
      }),
      async (context) => context.json(await cabinet.statistics({ signal: context.var.signal }), 200),
    )
    .openapi(
      createRoute({
        operationId: 'getStatus',
        security: [],
        method: 'get',
        path: '/status',
        tags: ['Cloud'],
        summary: 'Return the online status of the service',
        request: { query: noQuery },
        responses: { 200: answer(OnlineStatus, 'The service answers'), 422: refusals[422] },
      }),
      (context) => context.json({ Connected: true }, 200),
    )
}
