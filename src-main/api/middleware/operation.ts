import { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Message } from '../../../src-contract/contract/admin/message.ts'
import type { Operation } from '../../../src-contract/contract/admin/operations.ts'
import { Uuid } from '../../../src-contract/util/identifiers.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import { authorise } from './authorise.ts'
import { deadline } from './deadline.ts'
import type { Environment } from './environment.ts'
import { validationHook } from './errors.ts'
import { jsonBody } from './json-body.ts'

/** One section of the document. */
export const createSection = () => new OpenAPIHono<Environment>({ defaultHook: validationHook })

/** A body of JSON, as a request's or an answer's part of the document. */
export const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } })

/** An answer of JSON. */
export const answer = <T extends z.ZodType>(schema: T, description: string) => ({ description, content: json(schema) })

const message = (description: string) => answer(Message, description)

/** Errors that every guarded operation has. */
export const refusals = {
  401: {
    ...message('No token, or one that is unknown, revoked or out of date'),
    headers: z.object({ 'WWW-Authenticate': z.string() }),
  },
  403: message('The token may not do this, or the request comes from a foreign page'),
  422: message('A value is wrong; `Field` names it'),
  504: message('The operation took longer than its time and was stopped; nothing was changed'),
}

/** Errors of operations with a body. */
export const bodyRefusals = {
  400: message('The body is malformed'),
  413: message('The body is too large'),
  415: message('The body is of a type that is not taken here'),
}

export const missing = { 404: message('There is no such object') }
export const conflict = (description: string) => ({ 409: message(description) })
export const outdated = { 412: message('`If-Match` names another revision: somebody else changed it meanwhile') }
export const storageFull = { 507: message('The disk is full; nothing was changed') }
export const done = { 200: message('Done') }

/** The body of operations that have nothing to tell. */
export const doneBody: Message = { Message: 'Done' }

/** No query parameter is known; one that is sent is refused by name (contract.md 1). */
export const noQuery = z.strictObject({})

export const byUuid = z.strictObject({ uuid: Uuid })

/** What most operations have in common: who may call, for how long it may run, and how the document says so. */
export function guarded(tokens: TokenService, operation: Operation, scope: Scope) {
  return {
    operationId: operation,
    security: [{ User: [] }],
    middleware: [authorise(tokens, scope), deadline(operation)],
  }
}

/** The same for an operation with a JSON body. */
export function guardedWithJson(tokens: TokenService, operation: Operation, scope: Scope, body = jsonBody) {
  return {
    operationId: operation,
    security: [{ User: [] }],
    middleware: [authorise(tokens, scope), deadline(operation), body],
  }
}
