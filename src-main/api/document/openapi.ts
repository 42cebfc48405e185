import { $, createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { answer, createSection, refusals } from '../middleware/operation.ts'
import { type OpenApiDocument, publicPart } from './openapi-document.ts'
import { openApiPage } from './openapi-page.ts'

const query = z.strictObject({
  private: z.enum(['true', 'false']).optional().meta({ description: 'Shows the private sections too: Admin and IPC' }),
})

/**
 * Operation 18: the document for programs and for people.
 * @param generate called once, at the first request
 */
export function documentSection(generate: () => OpenApiDocument) {
  let whole: OpenApiDocument | undefined
  const document = (isPrivate: boolean) => {
    whole ??= generate()
    return isPrivate ? whole : publicPart(whole)
  }
  const section = $(
    createSection().openapi(
      createRoute({
        operationId: 'getOpenApi',
        security: [],
        method: 'get',
        path: '/openapi.json',
        tags: ['OpenAPI'],
        summary: 'Return the OpenAPI documentation',
        request: { query },
        responses: {
          200: answer(z.looseObject({ openapi: z.string() }), 'The document (OpenAPI 3.1)'),
          422: refusals[422],
        },
      }),
      (context) => context.json({ ...document(context.req.valid('query').private === 'true') }, 200),
    ),
  )
  section.get('/openapi.html', (context) => {
    const { private: shown } = query.parse(context.req.query())
    const { html, policy } = openApiPage(document(shown === 'true'))
    return context.html(html, 200, { 'Content-Security-Policy': policy })
  })
  section.openAPIRegistry.registerPath({
    operationId: 'getOpenApiPage',
    security: [],
    method: 'get',
    path: '/openapi.html',
    tags: ['OpenAPI'],
    summary: 'Return the documentation as a page for people',
    request: { query },
    responses: {
      200: {
        description: 'The page',
        headers: z.object({ 'Content-Security-Policy': z.string() }),
        content: { 'text/html': { schema: { type: 'string' } } },
      },
      422: refusals[422],
    },
  })
  return section
}
