import { z } from 'zod'
import { FieldInUse, LISTED_FIELDS } from '../contract/functions/field-in-use.ts'
import { FunctionItem } from '../contract/functions/function.ts'
import { FunctionListing } from '../contract/functions/function-listing.ts'
import { CountRequest, ListCount } from '../contract/functions/list-count.ts'
import { FunctionQuery, functionParts } from '../contract/functions/listing.ts'
import { OptionInUse } from '../contract/functions/option.ts'
import { LISTED_SOURCES, Source } from '../contract/functions/source.ts'
import { get, type Operation, pageHeaders, post } from './operation.ts'

const tag = 'Function'

const pageOfFunctions = {
  answer: z.array(FunctionItem),
  answerHeaders: pageHeaders.extend({
    'X-Pagination-Records': z.string().meta({ description: 'Number of matches; with `q` counted up to 10000' }),
    'X-Pagination-Capped': z
      .enum(['true'])
      .optional()
      .meta({ description: 'There are more matches than were counted' }),
    ETag: z.string().optional().meta({ description: 'Of the content of a page, for `If-None-Match`' }),
  }),
  returns: 'The functions',
  takesTurns: true,
}

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

/** Operations 12, 14, 16 and 17 (contract.md 1 and 3), and the names of custom fields. */
export const listOperations = {
  listFunctions: {
    ...get,
    path: '/functions',
    tag,
    summary: 'Return a list of functions',
    conditional: 'database',
    description:
      'To get uncatalogued models, the "nil" UUID is used as Catalogue query parameter. To filter by width or height, use ' +
      '`200-` (at least), `-200` (at most), `100-200` (between) or `200`. Custom fields filter as `Field.<name>=0.9-` and sort as ' +
      '`OrderBy=-Field.<name>`. `Not.` before any filter, and before `q`, leaves out what it finds: `Not.Status=error`; it can be repeated. ' +
      `\`Has.<part>=true\` or \`false\`, where the part is one of ${functionParts.join(', ')} and \`Field.<name>\`. ` +
      'Without `Limit` every match is streamed. In a row, long values are cut (see `Truncated`), and a page has at most some 8 MB: where rows ' +
      'are large it has fewer than `Limit`. `Link` always leads to the next row.',
    query: FunctionListing,
    ...pageOfFunctions,
  },
  listFunctionsCompat: {
    ...get,
    path: '/functions/compat',
    tag,
    summary: 'Return a list of functions (compatibility-only call)',
    deprecated: true,
    conditional: 'database',
    query: compatQuery,
    ...pageOfFunctions,
  },
  countFunctions: {
    ...post,
    takesTurns: true,
    path: '/functions/counts',
    tag,
    scope: 'read',
    summary: 'Count the functions of several lists',
    description: 'One request for all the counts of a side bar; each list is a query as in `GET /functions`.',
    body: CountRequest,
    bodyLimit: 1024 * 1024,
    answer: z.array(ListCount),
    returns: 'The counts, in the order of the request',
  },
  listOptions: {
    ...get,
    path: '/functions/options',
    tag,
    summary: 'Return a list of options',
    conditional: 'database',
    description:
      'What the names of in- and outputs can say by the name convention; `Count` is present where it is in use.',
    answer: z.array(OptionInUse),
    returns: 'The options',
  },
  listSources: {
    ...get,
    path: '/functions/sources',
    tag,
    summary: 'Return all the source name and url combinations',
    conditional: 'database',
    description: `Of more than ${LISTED_SOURCES} the most used ones.`,
    answer: z.array(Source),
    returns: 'The sources in use, by name',
  },
  listFields: {
    ...get,
    path: '/functions/fields',
    tag,
    summary: 'Return the names of custom fields',
    conditional: 'database',
    description: `Every name that functions have in \`Fields\`, for \`Field.<name>\` in lists; of more than ${LISTED_FIELDS} the most used ones.`,
    answer: z.array(FieldInUse),
    returns: 'The names of custom fields in use, by name',
  },
} satisfies Record<string, Operation>
