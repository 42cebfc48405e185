import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Catalogue, CatalogueEdit, CatalogueItem } from '../../../src-contract/contract/functions/catalogue.ts'
import { CATALOGUE_FUNCTIONS, CatalogueDetail } from '../../../src-contract/contract/functions/catalogue-detail.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import { mountPoint } from '../middleware/mount-point.ts'
import {
  answer,
  bodyRefusals,
  byUuid,
  conflict,
  createSection,
  done,
  doneBody,
  guarded,
  guardedWithJson,
  json,
  missing,
  noQuery,
  refusals,
} from '../middleware/operation.ts'

const tags = ['Catalogue']
const nameTaken = conflict('A catalogue of this organisation has this name already')

/** Operations 1 to 5 (contract.md 1). */
export function catalogueSection({ catalogues, listing, tokens }: Cabinet) {
  return createSection()
    .openapi(
      createRoute({
        ...guarded(tokens, 'deleteCatalogue', 'write'),
        method: 'delete',
        path: '/catalogue/{uuid}',
        tags,
        summary: 'Delete an empty catalogue',
        request: { params: byUuid, query: noQuery },
        responses: { ...done, ...refusals, ...missing, ...conflict('The catalogue still holds functions') },
      }),
      (context) => {
        catalogues.remove(context.var.caller, context.req.valid('param').uuid)
        return context.json(doneBody, 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'getCatalogue', 'read'),
        method: 'get',
        path: '/catalogue/{uuid}',
        tags,
        summary: 'Return a single catalogue',
        description: `With the first ${CATALOGUE_FUNCTIONS} functions in it; \`Link: rel=next\` leads to the rest.`,
        request: { params: byUuid, query: noQuery },
        responses: {
          200: {
            ...answer(CatalogueDetail, 'The catalogue'),
            headers: z.object({
              Link: z.string().optional().meta({ description: 'The rest of its functions (RFC 8288)' }),
            }),
          },
          ...refusals,
          ...missing,
        },
      }),
      async (context) => {
        const { uuid } = context.req.valid('param')
        const catalogue = catalogues.get(uuid)
        const query = { Catalogue: uuid, Limit: CATALOGUE_FUNCTIONS }
        const { rows, total } = await listing.list(query, { signal: context.var.signal })
        if (total > rows.length) {
          const next = `/functions?Catalogue=${uuid}&Offset=${CATALOGUE_FUNCTIONS}&Limit=${CATALOGUE_FUNCTIONS}`
          context.header('Link', `<${mountPoint(context.req.path)}${next}>; rel="next"`)
        }
        return context.json({ ...catalogue, Functions: rows }, 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'editCatalogue', 'write'),
        method: 'patch',
        path: '/catalogue/{uuid}',
        tags,
        summary: 'Edit a model catalogue',
        request: { params: byUuid, query: noQuery, body: { required: true, content: json(CatalogueEdit) } },
        responses: { ...done, ...refusals, ...bodyRefusals, ...missing, ...nameTaken },
      }),
      (context) => {
        catalogues.rename(context.var.caller, context.req.valid('param').uuid, context.req.valid('json'))
        return context.json(doneBody, 200)
      },
    )
    .openapi(
      createRoute({
        ...guarded(tokens, 'listCatalogues', 'read'),
        method: 'get',
        path: '/catalogues',
        tags,
        summary: 'Return all catalogues accessible',
        request: {
          query: z.strictObject({ Organisation: Uuid.optional().meta({ description: 'Filter by organisation' }) }),
        },
        responses: { 200: answer(z.array(CatalogueItem), 'The catalogues, by name'), ...refusals },
      }),
      (context) => {
        const { Organisation } = context.req.valid('query')
        return context.json(catalogues.list(Organisation === undefined ? {} : { organisation: Organisation }), 200)
      },
    )
    .openapi(
      createRoute({
        ...guardedWithJson(tokens, 'addCatalogue', 'write'),
        method: 'post',
        path: '/catalogues',
        tags,
        summary: 'Add a new catalogue',
        request: { query: noQuery, body: { required: true, content: json(CatalogueEdit) } },
        responses: { 200: answer(Catalogue, 'The new catalogue'), ...refusals, ...bodyRefusals, ...nameTaken },
      }),
      (context) => context.json(catalogues.create(context.var.caller, context.req.valid('json')), 200),
    )
}
