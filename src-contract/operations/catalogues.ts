import { z } from 'zod'
import { Catalogue, CatalogueEdit, CatalogueItem } from '../contract/functions/catalogue.ts'
import { CATALOGUE_FUNCTIONS, CatalogueDetail } from '../contract/functions/catalogue-detail.ts'
import { wholeNumber } from '../contract/functions/page.ts'
import { Uuid } from '../util/identifiers.ts'
import { byUuid, del, done, get, missing, type Operation, patch, post, SECOND } from './operation.ts'

const tag = 'Catalogue'
const nameTaken = { 409: 'A catalogue of this organisation has this name already' }

/** Operations 1 to 5 (contract.md 1). */
export const catalogueOperations = {
  deleteCatalogue: {
    ...del,
    path: '/catalogue/{uuid}',
    tag,
    limit: 15 * SECOND,
    summary: 'Delete an empty catalogue',
    params: byUuid,
    ...done,
    errors: { ...missing, 409: 'The catalogue still holds functions' },
  },
  getCatalogue: {
    ...get,
    path: '/catalogue/{uuid}',
    tag,
    limit: 1 * SECOND,
    summary: 'Return a single catalogue',
    takesTurns: true,
    conditional: 'database',
    description: 'With the first functions in it; `Link: rel=next` leads to the rest.',
    params: byUuid,
    query: z.strictObject({
      Limit: wholeNumber(0, 1_000)
        .default(CATALOGUE_FUNCTIONS)
        .meta({ description: 'Number of functions in it to return' }),
    }),
    answer: CatalogueDetail,
    answerHeaders: z.object({
      Link: z.string().optional().meta({ description: 'The rest of its functions (RFC 8288)' }),
    }),
    returns: 'The catalogue',
    errors: missing,
  },
  editCatalogue: {
    ...patch,
    path: '/catalogue/{uuid}',
    tag,
    summary: 'Edit a model catalogue',
    params: byUuid,
    body: CatalogueEdit,
    ...done,
    errors: { ...missing, ...nameTaken },
  },
  listCatalogues: {
    ...get,
    path: '/catalogues',
    tag,
    summary: 'Return all catalogues accessible',
    conditional: 'database',
    query: z.strictObject({ Organisation: Uuid.optional().meta({ description: 'Filter by organisation' }) }),
    answer: z.array(CatalogueItem),
    returns: 'The catalogues, by name',
  },
  addCatalogue: {
    ...post,
    path: '/catalogues',
    tag,
    summary: 'Add a new catalogue',
    body: CatalogueEdit,
    answer: Catalogue,
    returns: 'The new catalogue',
    errors: nameTaken,
  },
} satisfies Record<string, Operation>
