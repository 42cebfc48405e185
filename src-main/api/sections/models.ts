import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { wholeNumber } from '../../../src-contract/contract/functions/page.ts'
import { BenchmarkRequest } from '../../../src-contract/contract/models/benchmark.ts'
import { BenchmarkEntry } from '../../../src-contract/contract/models/benchmark-entry.ts'
import { Comparison } from '../../../src-contract/contract/models/compare.ts'
import { GraphPage, largestGraphPage, usualGraphPage } from '../../../src-contract/contract/models/graph.ts'
import { longestTensorName, TensorSummary } from '../../../src-contract/contract/models/tensor.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
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
  refusals,
} from '../middleware/operation.ts'

const tags = ['Model']

const graphQuery = z.strictObject({
  Scope: z
    .string()
    .max(10_000)
    .default('main')
    .meta({ description: 'The main graph (`main`), a sub-graph or a function; `Scope` of an attribute leads there' }),
  Offset: wholeNumber(0, 1_000_000_000_000).default(0).meta({ description: 'Number of nodes to skip (base 0)' }),
  Limit: wholeNumber(1, largestGraphPage).default(usualGraphPage).meta({ description: 'Number of nodes to return' }),
})

const tensorQuery = z.strictObject({
  Scope: z
    .string()
    .max(longestTensorName)
    .default('main')
    .meta({ description: 'The part of the graph that stores it, as `Scope` of an initializer in the report' }),
  Name: z
    .string()
    .max(longestTensorName)
    .default('')
    .meta({ description: 'Its name, as in `Initializers` of the report' }),
})

/** Models looked into, compared and measured (contract.md 6). */
export function modelSection({ models, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'getGraph', 'read'),
        method: 'get',
        path: '/function/{uuid}/graph',
        tags,
        summary: "Return a page of the model's nodes",
        request: { params: byUuid, query: graphQuery },
        responses: { 200: answer(GraphPage, 'The nodes'), ...refusals, ...missing },
      }),
      async (context) => {
        const { uuid } = context.req.valid('param')
        const page = await models.graph(uuid, context.req.valid('query'), { signal: context.var.signal })
        return context.json(page, 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'getTensor', 'read'),
        method: 'get',
        path: '/function/{uuid}/tensor',
        tags,
        summary: 'Tell what the values of a stored tensor are like',
        description:
          'Least, greatest, mean, standard deviation, zeros, NaN, infinities, a histogram and the first values, read from the file when asked for; of texts how many differ. Works for every element type, and for external data.',
        request: { params: byUuid, query: tensorQuery },
        responses: { 200: answer(TensorSummary, 'The summary'), ...refusals, ...missing },
      }),
      async (context) => {
        const { uuid } = context.req.valid('param')
        const summary = await models.tensor(uuid, context.req.valid('query'), { signal: context.var.signal })
        return context.json(summary, 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'compareFunctions', 'read'),
        method: 'get',
        path: '/function/{uuid}/compare/{other}',
        tags,
        summary: 'Tell how two models differ, and whether one may replace the other',
        description:
          'Signature, operators and weights; with `Inputs=random` both also run on the same inputs, and `Outputs` says how far theirs lie apart.',
        request: {
          params: z.strictObject({ uuid: Uuid, other: Uuid }),
          query: z.strictObject({ Inputs: z.enum(['random']).optional().meta({ description: 'Also run both' }) }),
        },
        responses: { 200: answer(Comparison, 'The comparison'), ...refusals, ...missing },
      }),
      async (context) => {
        const { uuid, other } = context.req.valid('param')
        const compare = context.req.valid('query').Inputs === 'random' ? models.compareRunning : models.compare
        return context.json(await compare(uuid, other, { signal: context.var.signal }), 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'benchmarkFunction', 'write'),
        method: 'post',
        path: '/function/{uuid}/benchmark',
        tags,
        summary: 'Measure how fast a model runs on this machine',
        description: 'A job; its result is a BenchmarkResult and is kept with the function.',
        request: { params: byUuid, query: noQuery, body: { required: true, content: json(BenchmarkRequest) } },
        responses: { 200: answer(Job, 'The job that measures'), ...refusals, ...bodyRefusals, ...missing },
      }),
      (context) => {
        const { uuid } = context.req.valid('param')
        return context.json(models.startBenchmark(context.var.caller, uuid, context.req.valid('json')), 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listBenchmarks', 'read'),
        method: 'get',
        path: '/function/{uuid}/benchmarks',
        tags,
        summary: 'Return what was measured before, newest first',
        request: { params: byUuid, query: noQuery },
        responses: { 200: answer(z.array(BenchmarkEntry), 'The benchmarks'), ...refusals, ...missing },
      }),
      (context) => context.json(models.benchmarks(context.req.valid('param').uuid), 200),
    )
}
