import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { FieldInUse, LISTED_FIELDS } from '../../../src-contract/contract/functions/field-in-use.ts'
import { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { FunctionQuery } from '../../../src-contract/contract/functions/listing.ts'
import { OptionInUse } from '../../../src-contract/contract/functions/option.ts'
import { Source } from '../../../src-contract/contract/functions/source.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { answer, createSection, guarded, noQuery, refusals } from '../middleware/operation.ts'
import { paginationHeaders, streamWithoutLimit, tellPage } from './listing.ts'

const compatQuery = FunctionQuery.pick({
  Offset: true,
  Limit: true,
  OrderBy: true,
  Status: true,
  Catalogue: true,
}).extend({
  OrderBy: FunctionQuery.shape.OrderBy.refine(
    (terms) => terms?.every(({ column }) => column === 'Name' || column === 'UpdatedAt') ?? true,
    'must be Name or UpdatedAt, with "-" in front to reverse',
  ),
})

/** Operations 14, 16 and 17 (contract.md 1), and the names of own fields. */
export function listsSection(cabinet: Cabinet) {
  const { listing, tokens } = cabinet
  const { middleware, ...compat } = guarded(tokens, 'listFunctionsCompat', 'read')
  return createSection()
    .openapi(
      createRoute({
        ...compat,
        middleware: [...middleware, streamWithoutLimit(listing, compatQuery)],
        method: 'get',
        path: '/functions/compat',
        tags: ['Function'],
        summary: 'Return a list of functions (compatibility-only call)',
        request: { query: compatQuery },
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
    .openapi(
      createRoute({
        ...guarded(tokens, 'listOptions', 'read'),
        method: 'get',
        path: '/functions/options',
        tags: ['Function'],
        summary: 'Return a list of options',
        description:
          'What the names of in- and outputs can say by the name convention; `Count` stands where it is in use.',
        request: { query: noQuery },
        responses: { 200: answer(z.array(OptionInUse), 'The options'), ...refusals },
      }),
      async (context) => context.json(await cabinet.options({ signal: context.var.signal }), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listSources', 'read'),
        method: 'get',
        path: '/functions/sources',
        tags: ['Function'],
        summary: 'Return all the source name and url combinations',
        request: { query: noQuery },
        responses: { 200: answer(z.array(Source), 'The sources in use, by name'), ...refusals },
      }),
      async (context) => context.json(await cabinet.sources({ signal: context.var.signal }), 200),
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listFields', 'read'),
        method: 'get',
        path: '/functions/fields',
        tags: ['Function'],
        summary: 'Return the names of own fields',
        description: `Every name that functions have in \`Fields\`, for \`Field.<name>\` in lists; of more than ${LISTED_FIELDS} the most used ones.`,
        request: { query: noQuery },
        responses: { 200: answer(z.array(FieldInUse), 'The names of own fields in use, by name'), ...refusals },
      }),
      async (context) => context.json(await cabinet.fields({ signal: context.var.signal }), 200),
    )
}
