import { type Caller, includes } from '../../../src-contract/contract/admin/caller.ts'
import { FunctionListing } from '../../../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../../../src-contract/contract/functions/listing.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { parsed } from '../../../src-contract/util/zod-problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { visibleTo } from '../../cabinet/listing/visible-to.ts'
import type { ApiContext } from '../middleware/environment.ts'
import { jsonFor } from '../middleware/hide-paths.ts'
import { answerJson, createSection } from '../middleware/operation.ts'
import { jsonArrayStream } from '../transfer/json-array-stream.ts'
import { tellPage } from '../transfer/tell-page.ts'

/** Operations 12, 14, 16 and 17 (contract.md 1 and 3), and the names of custom fields. */
export function listSection(cabinet: Cabinet) {
  const { listing } = cabinet
  const { app, respond, serve, known } = createSection(cabinet)

  const stall = cabinet.timeLimit(operations.listFunctions.limit)

  /** A page; or, for a script that gives no Limit, every match as they are read. */
  const list = async (request: { query: ListingQuery; caller: Caller; signal: AbortSignal; context: ApiContext }) => {
    const { caller, signal, context } = request
    const query = visibleTo(caller, request.query)
    if (query.Limit !== undefined) {
      return known(context, true, async () => {
        if (!includes(caller.scope, 'admin')) {
          const page = await listing.list(query, { signal })
          tellPage(context, { ...page, count: page.rows.length }, query)
          return answerJson(context, page.rows)
        }
        // Administrators are shown every part of a row, so that its bytes need not be read.
        const page = await listing.page(query, { signal })
        tellPage(context, page, query)
        return context.body(page.rows, 200, { 'Content-Type': 'application/json' })
      })
    }
    const page = await listing.page({ ...query, Offset: 0, Limit: 1 }, { signal })
    const body = await jsonArrayStream((stop) => listing.stream(query, { signal: stop }), {
      stall,
      opening: signal,
      json: (row) => jsonFor(caller, row),
    })
    tellPage(context, page, query)
    return context.body(body, 200, { 'Content-Type': 'application/json' })
  }

  respond(operations.listFunctions, list)
  respond(operations.listFunctionsCompat, list)
  serve(operations.countFunctions, async ({ body, caller, signal }) => {
    const queries = body.Lists.map((list) => visibleTo(caller, parsed(FunctionListing, list)))
    const pages = await Promise.all(queries.map((query) => listing.page({ ...query, Offset: 0, Limit: 1 }, { signal })))
    return pages.map(({ total, capped }) => ({ Count: total, Capped: capped }))
  })
  serve(operations.listOptions, ({ signal }) => cabinet.options({ signal }))
  serve(operations.listSources, ({ signal }) => cabinet.sources({ signal }))
  serve(operations.listFields, ({ signal }) => cabinet.fields({ signal }))
  return app
}
