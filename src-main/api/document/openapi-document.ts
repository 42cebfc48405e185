import { OpenAPIHono } from '@hono/zod-openapi'
import { operations } from '../../../src-contract/operations/operations.ts'
import { safeHeadersSentence } from '../middleware/safe-headers.ts'
import { pathOf } from './openapi-path.ts'

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** Sections that only `?private=true` shows (contract.md 1). */
const privateTags = ['Admin', 'IPC']

const tags = [
  { name: 'Catalogue', description: 'Functions are organised in catalogues; a function may be in any number of them.' },
  { name: 'Global', description: 'The service and all functions together.' },
  { name: 'Function', description: 'A function is a model together with its metadata.' },
  { name: 'Model', description: 'What Model Cabinet adds: the file itself, what was read from it, and running it.' },
  { name: 'History', description: 'Earlier revisions of functions, and deleted functions.' },
  { name: 'Job', description: 'Long-running work, and a live stream of changes.' },
  { name: 'Auth', description: "The cloud's sign-in, as far as the official client needs it." },
  { name: 'OpenAPI', description: 'This document.' },
  { name: 'Cloud', description: 'Whether the service is online.' },
  { name: 'Admin', description: 'What keeps a cabinet healthy. Needs a token of scope admin.' },
]

/** The OpenAPI 3.1 document, generated from the descriptions that the routes are made from. */
export function describeApi(version: string): OpenApiDocument {
  const generator = new OpenAPIHono()
  for (const [id, operation] of Object.entries(operations))
    generator.openAPIRegistry.registerPath(pathOf(id, operation))
  generator.openAPIRegistry.registerComponent('securitySchemes', 'User', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of the cabinet, or an AccessToken of `/auth`.',
  })
  const document = generator.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Compute API',
      version: '1.0.1',
      description:
        `Served by Model Cabinet ${version} on this machine. ` +
        'Browse models with a GET request to `/functions`; query parameters narrow the list. List catalogues with a GET ' +
        'request to `/catalogues`, and the functions of one with `/catalogue/{uuid}`. Add a model with a POST request to `/functions` and ' +
        'an ONNX file. Every path is served at `/` and the same under `/cpt`. ' +
        safeHeadersSentence,
      contact: { name: 'The Model Cabinet authors' },
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: '/' }, { url: '/cpt' }],
    tags,
  })
  openAnswers(document)
  return document
}

/**
 * Lets answers have keys that the document does not name, so that a client made from it goes on with a later version. In place.
 */
function openAnswers(document: OpenApiDocument): void {
  const schemas = document.components?.schemas ?? {}
  const opened = new Set<string>()
  function open(part: unknown): void {
    if (typeof part !== 'object' || part === null) return
    if ('additionalProperties' in part && part.additionalProperties === false) delete part.additionalProperties
    Object.entries(part).forEach(([key, inner]) => {
      if (key === '$ref') openNamed(String(inner).split('/').at(-1) ?? '')
      else if (key !== 'example' && key !== 'examples') open(inner)
    })
  }
  function openNamed(name: string): void {
    if (opened.has(name)) return
    opened.add(name)
    open(schemas[name])
  }
  for (const item of Object.values(document.paths ?? {}))
    for (const operation of Object.values(item)) open(operation.responses)
}

/** The document without its private sections, and without the schemas that only they use. */
export function publicPart(document: OpenApiDocument): OpenApiDocument {
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {})
      .map(([path, operations]) => [
        path,
        Object.fromEntries(Object.entries(operations).filter(([, operation]) => !isPrivate(operation))),
      ])
      .filter(([, operations]) => Object.keys(operations ?? {}).length > 0),
  )
  const shown = { ...document, paths, tags: document.tags?.filter(({ name }) => !privateTags.includes(name)) ?? [] }
  return { ...shown, components: { ...document.components, schemas: usedSchemas(shown) } }
}

function isPrivate(operation: { tags?: string[] }): boolean {
  return operation.tags?.some((tag) => privateTags.includes(tag)) ?? false
}

function usedSchemas(document: OpenApiDocument): NonNullable<OpenApiDocument['components']>['schemas'] {
  const all = Object.entries(document.components?.schemas ?? {})
  let used = references(JSON.stringify(document.paths))
  for (;;) {
    const schemas = Object.fromEntries(all.filter(([name]) => used.has(name)))
    const reached = new Set([...used, ...references(JSON.stringify(schemas))])
    if (reached.size === used.size) return schemas
    used = reached
  }
}

function references(text: string): Set<string> {
  return new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? ''))
}
