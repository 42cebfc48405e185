import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { FunctionPage } from '../../cabinet/listing/listing.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { parsed } from '../middleware/json-body.ts'
import { createSection } from '../middleware/operation.ts'
import { jsonArrayStream } from '../transfer/json-array-stream.ts'

/** Operations 12, 14, 16 and 17 (contract.md 1 and 3), and the names of custom fields. */
export function listSection(cabinet: Cabinet) {
  const { listing } = cabinet
  const { app, respond, serve } = createSection(cabinet)

  const stall = cabinet.timeLimit(operations.listFunctions.limit)

  /** A page; or, for a script that gives no Limit, every match as they are read. */
  const list = async ({
    query,
    signal,
    context,
  }: {
    query: ListingQuery
    signal: AbortSignal
    context: ApiContext
  }) => {
    const isPage = query.Limit !== undefined
    const page = await listing.list(isPage ? query : { ...query, Offset: 0, Limit: 1 }, { signal })
    if (isPage) {
      tellPage(context, page, query)
      return context.json(page.rows, 200)
    }
    const body = await jsonArrayStream((stop) => listing.stream(query, { signal: stop }), stall, signal)
    tellPage(context, page, query)
    return context.body(body, 200, { 'Content-Type': 'application/json' })
  }

  respond(operations.listFunctions, list)
  respond(operations.listFunctionsCompat, list)
  serve(operations.countFunctions, async ({ body, signal }) => {
    const queries = body.Lists.map((list) => parsed(FunctionListing, list))
    const pages = await Promise.all(queries.map((query) => listing.list({ ...query, Offset: 0, Limit: 1 }, { signal })))
    return pages.map(({ total, capped }) => ({ Count: total, Capped: capped }))
  })
  serve(operations.listOptions, ({ signal }) => cabinet.options({ signal }))
  serve(operations.listSources, ({ signal }) => cabinet.sources({ signal }))
  serve(operations.listFields, ({ signal }) => cabinet.fields({ signal }))
  return app
}

/** Says how many matches there are, and where the next and previous pages are. */
function tellPage(context: ApiContext, page: FunctionPage, query: ListingQuery): void {
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
