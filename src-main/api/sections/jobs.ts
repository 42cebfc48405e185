import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { BulkRequest, Job } from '../../../src-contract/contract/admin/job.ts'
import { Page } from '../../../src-contract/contract/functions/page.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { jsonBodyOfMany } from '../middleware/json-body.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  conflict,
  createSection,
  guarded,
  guardedWithJson,
  json,
  missing,
  noQuery,
  refusals,
} from '../middleware/operation.ts'

const tags = ['Job']

/** Long work: what it is doing, and how to hold it up (contract.md 6). */
export function jobSection({ jobs, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'listJobs', 'read'),
        method: 'get',
        path: '/jobs',
        tags,
        summary: 'Return the jobs, newest first',
        request: { query: Page },
        responses: { 200: answer(z.array(Job), 'The jobs'), ...refusals },
      }),
      (context) => {
        const { Offset, Limit } = context.req.valid('query')
        return context.json(jobs.list({ offset: Offset, limit: Limit }), 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'getJob', 'read'),
        method: 'get',
        path: '/jobs/{uuid}',
        tags,
        summary: 'Return a job',
        request: { params: byUuid, query: noQuery },
        responses: { 200: answer(Job, 'The job'), ...refusals, ...missing },
      }),
      (context) => context.json(jobs.get(context.req.valid('param').uuid), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'controlJob', 'write'),
        method: 'post',
        path: '/jobs/{uuid}/{order}',
        tags,
        summary: 'Cancel, pause, resume or retry a job',
        request: {
          params: z.strictObject({ uuid: Uuid, order: z.enum(['cancel', 'pause', 'resume', 'retry']) }),
          query: noQuery,
        },
        responses: {
          200: answer(Job, 'The job as it is now'),
          ...refusals,
          ...missing,
          ...conflict('The state of the job does not allow it'),
        },
      }),
      (context) => {
        const { uuid, order } = context.req.valid('param')
        return context.json(jobs[order](context.var.caller, uuid), 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'changeFunctions', 'write', jsonBodyOfMany),
        method: 'post',
        path: '/functions/bulk',
        tags,
        summary: 'Change many functions in the same way',
        description: 'By their UUIDs, or by the query of the list. The job tells which could not be changed and why.',
        request: { query: noQuery, body: { required: true, content: json(BulkRequest) } },
        responses: { 200: answer(Job, 'The job that does it'), ...refusals, ...bodyRefusals },
      }),
      async (context) => {
        const { caller, signal } = context.var
        return context.json(await jobs.startBulk(caller, context.req.valid('json'), { signal }), 200)
      },
    )
}
