import { createHash } from 'node:crypto'
import type { OpenApiDocument } from './openapi-document.ts'

export function openApiPage(document: OpenApiDocument): { html: string; policy: string } {
  return { html: JSON.stringify(document), policy: createHash('sha256').update('').digest('base64') }
}
