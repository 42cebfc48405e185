import { Readable } from 'node:stream'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { ExportRequest, PreparedExport } from '../../../src-contract/contract/functions/selection.ts'
import type { AdminService } from '../../cabinet/admin/admin-service.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { ListingService } from '../../cabinet/listing/listing.ts'
import { selectedFunctions } from '../../cabinet/listing/selection.ts'
import { authorise } from '../middleware/authorise.ts'
import { checked } from '../middleware/checked.ts'
import { deadline } from '../middleware/deadline.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { jsonBodyOfMany } from '../middleware/json-body.ts'
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
import { createPreparedExports } from '../transfer/prepared-exports.ts'

const tags = ['Admin']

const archive = {
  description: 'The archive, as the cabinet stands at this moment',
  headers: z.object({ 'Content-Disposition': z.string() }),
  content: { 'application/zip': { schema: { type: 'string' as const, format: 'binary' } } },
}

/** The whole cabinet, or some of its functions, as one file (contract.md 6). */
export function exportSection({ admin, listing, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'exportCabinet',
    security: [{ User: [] }],
    method: 'get',
    path: '/admin/export',
    tags,
    summary: 'Return the whole cabinet, or some of its functions, as one zip',
    description:
      'Rows as JSON, files by SHA-256, history included, secrets not. Another cabinet imports it. With parameters of `GET /functions` only ' +
      'the functions that pass them, with their catalogues.',
    request: { query: FunctionListing },
    responses: {
      200: archive,
      ...refusals,
    },
  })
  section.get(
    '/admin/export',
    authorise(tokens, 'admin'),
    deadline('exportCabinet'),
    checked('query', FunctionListing),
    async (context) => {
      const query = context.req.valid('query')
      const some = Object.keys(query).length > 0
      return sendExport(context, admin.export(some ? await selected(listing, query, context.var.signal) : undefined))
    },
  )
  const prepared = createPreparedExports()
  return section
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'prepareExport', 'admin', jsonBodyOfMany),
        method: 'post',
        path: '/admin/export',
        tags,
        summary: 'Choose the functions of an export that are too many for an address',
        description:
          'By their UUIDs, or by the query of the list. `GET /admin/export/{uuid}` then returns them as one zip.',
        request: { query: noQuery, body: { required: true, content: json(ExportRequest) } },
        responses: { 200: answer(PreparedExport, 'What to fetch'), ...refusals, ...bodyRefusals },
      }),
      async (context) => {
        const { signal } = context.var
        const chosen = await selectedFunctions(listing, context.req.valid('json'), { signal })
        const present = await listing.uuids({ Functions: [...chosen] }, { signal })
        return context.json(prepared.add(present), 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'exportPrepared', 'admin'),
        method: 'get',
        path: '/admin/export/{uuid}',
        tags,
        summary: 'Return the functions that were chosen as one zip',
        request: { params: byUuid, query: noQuery },
        responses: { 200: archive, ...refusals, ...missing },
      }),
      (context) => sendExport(context, admin.export(prepared.get(context.req.valid('param').uuid))),
    )
}

function sendExport(context: ApiContext, { fileName, stream }: ReturnType<AdminService['export']>) {
  return context.body(Readable.toWeb(stream), 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
  })
}

/** @throws Problem `invalid` where no function passes the filters. */
async function selected(listing: ListingService, query: ListingQuery, signal: AbortSignal): Promise<string[]> {
  const uuids = await listing.uuids(query, { signal })
  if (uuids.length === 0) throw new Problem('invalid', 'No model passes these filters, so there is nothing to export.')
  return uuids
}
