import { z } from 'zod'
import type { Schema } from './json-schema.ts'

// The document as its readers see it: what stands here is read from the printed JSON, not from the code that made it.

const Anything = z.looseObject({})
const Content = z.record(z.string(), z.looseObject({ schema: Anything.optional(), example: z.unknown().optional() }))
const Answer = z.looseObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.looseObject({ required: z.boolean().optional() })).optional(),
  content: Content.optional(),
})
const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).length(1),
  security: z.array(Anything).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: Anything,
      }),
    )
    .default([]),
  requestBody: z.looseObject({ required: z.boolean().optional(), content: Content }).optional(),
  responses: z.record(z.string(), Answer),
})
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), Anything) }),
})

/** An operation of the document, with where it is called. */
export type DocumentedOperation = z.infer<typeof Operation> & { method: string; path: string }

export type ReadDocument = {
  operations: DocumentedOperation[]
  components: Record<string, Schema>
  paths: string[]
}

/** @throws ZodError where the document lacks what every operation needs */
export function readDocument(json: unknown): ReadDocument {
  const document = Document.parse(json)
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )
  return { operations, components: document.components.schemas, paths: Object.keys(document.paths) }
}
