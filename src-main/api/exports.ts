import { Readable } from 'node:stream'
import { z } from 'zod'
import { FunctionListing } from '../../src-contract/function-listing.ts'
import type { ListingQuery } from '../../src-contract/listing.ts'
import { timeLimits } from '../../src-contract/operations.ts'
import { Problem } from '../../src-contract/problem.ts'
import type { Cabinet, ListingService } from '../catalogue/cabinet.ts'
import { authorise } from './authorise.ts'
import { checked } from './checked.ts'
import { deadline } from './deadline.ts'
import { createSection, refusals } from './operation.ts'

/** The whole cabinet as one file (additions.md). */
export function exportSection({ admin, listing, tokens }: Cabinet) {
  const section = createSection()
  section.openAPIRegistry.registerPath({
    operationId: 'exportCabinet',
    security: [{ User: [] }],
    method: 'get',
    path: '/admin/export',
    tags: ['Admin'],
    summary: 'Return the whole cabinet, or some of its functions, as one zip',
    description:
      'Rows as JSON, files by SHA-256, history included, secrets not. Another cabinet imports it. With parameters of `GET /functions` only ' +
      'the functions that pass them, with their catalogues.',
    request: { query: FunctionListing },
    responses: {
      200: {
        description: 'The archive, as the cabinet stands at this moment',
        headers: z.object({ 'Content-Disposition': z.string() }),
        content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
      },
      ...refusals,
    },
  })
  section.get(
    '/admin/export',
    authorise(tokens, 'admin'),
    deadline(timeLimits.exportCabinet),
    checked('query', FunctionListing),
    async (context) => {
      const query = context.req.valid('query')
      const { fileName, stream } = admin.export(
        Object.keys(query).length === 0 ? undefined : await selected(listing, query, context.var.signal),
      )
      return context.body(Readable.toWeb(stream), 200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
      })
    },
  )
  return section
}

/** @throws Problem `invalid` where no function passes the filters. */
async function selected(listing: ListingService, query: ListingQuery, signal: AbortSignal): Promise<string[]> {
  const uuids = await listing.uuids(query, { signal })
  if (uuids.length === 0) throw new Problem('invalid', 'No model passes these filters, so there is nothing to export.')
  return uuids
}
