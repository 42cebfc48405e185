import { operations } from '../../../src-contract/operations/operations.ts'
import { createSection, type Served } from '../middleware/operation.ts'
import { describeApi, type OpenApiDocument, publicPart } from './openapi-document.ts'
import { openApiPage } from './openapi-page.ts'

/** Operation 18: the document for programs and for people, made at the first request. */
export function documentSection(cabinet: Served, version: string) {
  const { app, respond } = createSection(cabinet)
  let whole: OpenApiDocument | undefined
  const document = (isPrivate: boolean) => {
    whole ??= describeApi(version)
    return isPrivate ? whole : publicPart(whole)
  }
  // As it is: its examples name no place of this machine.
  respond(operations.getOpenApi, ({ query, context }) => context.json(document(query.private === 'true'), 200))
  respond(operations.getOpenApiPage, ({ query, context }) => {
    const { html, policy } = openApiPage(document(query.private === 'true'))
    return context.html(html, 200, { 'Content-Security-Policy': policy })
  })
  return app
}
