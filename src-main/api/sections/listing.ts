import { createRoute } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { FunctionPage, ListingService } from '../../cabinet/listing/listing.ts'
import { parsed } from '../middleware/checked.ts'
import type { ApiContext, Environment } from '../middleware/environment.ts'
import { answer, createSection, guarded, refusals } from '../middleware/operation.ts'
import { jsonArrayStream } from '../transfer/json-array-stream.ts'

/** Operation 12 (contract.md 3). */
export function listingSection({ listing, tokens }: Cabinet) {
  const { middleware, ...rest } = guarded(tokens, 'listFunctions', 'read')
  return createSection().openapi(
    createRoute({
      ...rest,
      middleware: [...middleware, streamWithoutLimit(listing, FunctionListing)],
      method: 'get',
      path: '/functions',
      tags: ['Function'],
      summary: 'Return a list of functions',
      description:
        'To get uncatalogued models, the "nil" UUID is used as Catalogue query parameter. To filter by width or height, use ' +
        '`200-` (at least), `-200` (at most), `100-200` (between) or `200`. Own fields filter as `Field.<name>=0.9-` and sort as ' +
        '`OrderBy=-Field.<name>`. Without `Limit` every match is streamed.',
      request: { query: FunctionListing },
      responses: {
        200: { ...answer(z.array(FunctionItem), 'The functions'), headers: paginationHeaders },
        ...refusals,
      },
    }),
    async (context) => {
      const query = context.req.valid('query')
      const page = await listing.list(query, { signal: context.var.signal })
      tellPage(context, page, query)
      return context.json(page.rows, 200)
    },
  )
}

export const paginationHeaders = z.object({
  'X-Pagination-Records': z.string().meta({ description: 'Number of matches; with `q` counted up to 10000' }),
  'X-Pagination-Capped': z.enum(['true']).optional().meta({ description: 'There are more matches than were counted' }),
  Link: z.string().optional().meta({ description: 'The next and previous page (RFC 8288)' }),
})

/** A script that gives no Limit gets every match, as they are read; the validator's work is done here then. */
export function streamWithoutLimit(
  listing: ListingService,
  schema: z.ZodType<ListingQuery>,
): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const given = context.req.queries()
    if ('Limit' in given) return next()
    const query = parsed(
      schema,
      Object.fromEntries(Object.entries(given).map(([key, values]) => [key, values.length === 1 ? values[0] : values])),
    )
    const { signal } = context.var
    const first = await listing.list({ ...query, Offset: 0, Limit: 1 }, { signal })
    const stall = context.var.timeLimits.listFunctions
    const body = await jsonArrayStream((stop) => listing.stream(query, { signal: stop }), stall, signal)
    tellPage(context, first, query)
    return context.body(body, 200, { 'Content-Type': 'application/json' })
  }
}

/** Tells how many matches there are, and where the pages beside this one lie. */
export function tellPage(context: ApiContext, page: FunctionPage, query: ListingQuery): void {
  context.header('X-Pagination-Records', String(page.total))
  if (page.capped) context.header('X-Pagination-Capped', 'true')
  const { Limit: limit, Offset: offset = 0 } = query
  if (limit === undefined) return
  const links: string[] = []
  const more = page.capped ? page.rows.length === limit : offset + page.rows.length < page.total
  if (more && page.rows.length > 0) links.push(`<${pageAt(context, offset + limit)}>; rel="next"`)
  if (offset > 0) links.push(`<${pageAt(context, Math.max(0, offset - limit))}>; rel="prev"`)
  if (links.length > 0) context.header('Link', links.join(', '))
}

function pageAt(context: ApiContext, offset: number): string {
  const { pathname, searchParams } = new URL(context.req.url)
  searchParams.set('Offset', String(offset))
  return `${pathname}?${searchParams}`
}
