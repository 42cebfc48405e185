import { z } from 'zod'
import type { Scope } from '../contract/admin/caller.ts'
import { Message } from '../contract/admin/message.ts'
import { FunctionDetail } from '../contract/functions/function.ts'
import { Uuid } from '../util/identifiers.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND

/** Bytes that a JSON body may have where an operation says nothing else. */
export const SMALL_BODY = 128 * 1024
/** The same of operations that take documentation, whose million characters fit in escaped, or lists of functions or files. */
export const LARGE_BODY = 8 * 1024 * 1024

type Tag = 'Catalogue' | 'Global' | 'Function' | 'Model' | 'History' | 'Job' | 'Auth' | 'OpenAPI' | 'Cloud' | 'Admin'

/** What an operation may take, from what the document says: tests allow more, so that no machine is too slow for them. */
export type TimeLimit = (stated: number) => number

/** Bodies by media type, as the document describes them. */
type Content = Readonly<Record<string, { schema: z.ZodType | Readonly<Record<string, unknown>> }>>

/**
 * One operation of the Compute API. The API's routes, the OpenAPI document and the window's client are made from it; what they
 * share is described nowhere else.
 */
export type Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With its parameters in braces: `/function/{uuid}`. */
  readonly path: string
  /** Its section of the document. */
  readonly tag: Tag
  /** What the caller's token must allow; `refresh`: a RefreshToken; null: anyone may call. */
  readonly scope: Scope | 'refresh' | null
  /** The server's time limit in milliseconds (contract.md 1); null: none. */
  readonly limit: number | null
  /** Its work is done by turns in processes that others ask too; waiting for a turn does not count. */
  readonly takesTurns?: boolean
  readonly summary: string
  readonly description?: string
  /** Kept for old clients only. */
  readonly deprecated?: true
  readonly params: Params
  readonly query: Query
  /** The JSON body of a request; `none` where there is none. */
  readonly body: Body
  /** The largest JSON body in bytes; `SMALL_BODY` unless told. */
  readonly bodyLimit?: number
  /** The JSON body of the answer; `none` where it is not JSON. */
  readonly answer: Answer
  /** The answer in a few words. */
  readonly returns: string
  /**
   * Its answer has an `ETag` of its content, and `If-None-Match` is answered with 304. Of what the content depends on: where that is the database alone, an
   * answer is kept until something changes.
   */
  readonly conditional?: 'database' | 'anything'
  /** Headers of the request and of the answer. */
  readonly headers?: z.ZodObject
  readonly answerHeaders?: z.ZodObject
  /**
   * Other media types than JSON. A body is either: generators make one call of one operation, so what can be sent as both are two
   * operations, though each path takes both.
   */
  readonly bodyTypes?: Content
  readonly answerTypes?: Content
  /** Answers with another status that are not errors. */
  readonly alsoReturns?: Readonly<Record<number, { returns: string; types?: Content }>>
  /** Errors by status, besides those that follow from scope, limit and body. */
  readonly errors: Readonly<Record<number, string>>
}

/** No JSON body. */
export const none = z.undefined()
export const isNone = (schema: z.ZodType): boolean => schema === none

/** An unknown query parameter is refused by name (contract.md 1). */
const noParameters = z.strictObject({})

const plain = { params: noParameters, query: noParameters, body: none, errors: {} } as const

// What most operations of a method have in common; an operation overrides what differs.
export const get = { ...plain, method: 'GET', scope: 'read', limit: 5 * SECOND } as const
export const post = { ...plain, method: 'POST', scope: 'write', limit: 5 * SECOND } as const
export const patch = { ...plain, method: 'PATCH', scope: 'write', limit: 5 * SECOND } as const
export const put = { ...plain, method: 'PUT', scope: 'write', limit: 5 * SECOND } as const
export const del = { ...plain, method: 'DELETE', scope: 'write', limit: 5 * SECOND } as const

export const byUuid = z.strictObject({ uuid: Uuid.meta({ description: 'The UUID of the object' }) })
export const missing = { 404: 'There is no such object' } as const
export const outdated = { 412: '`If-Match` names another revision: it was changed in the meantime' } as const
export const storageFull = { 507: 'The disk is full; nothing was changed' } as const

/** The answer of operations that have nothing to return. */
export const done = { answer: Message, returns: 'Done' } as const

export const binary = { type: 'string', format: 'binary' } as const

/** What a list that comes in pages says of the whole. */
export const pageHeaders = z.object({
  'X-Pagination-Records': z.string().meta({ description: 'Number of items in all' }),
  Link: z.string().optional().meta({ description: 'The next and previous page (RFC 8288)' }),
})

/** For operations that change a function only at the given revision. */
export const ifMatch = z.object({
  'If-Match': z
    .string()
    .optional()
    .meta({ description: 'The expected revision, as given by `ETag`', examples: ['"1"'] }),
})

const revision = z.object({
  ETag: z.string().meta({
    description: 'The revision and a digest of the answer, for `If-Match` and `If-None-Match`',
    examples: ['"1-JHU9dGZR1JzZAhkYkPL2Dq"'],
  }),
})

/** The answer of operations that return a function. */
export const aFunction = { answer: FunctionDetail, answerHeaders: revision, returns: 'The function' } as const
export const changedFunction = { ...aFunction, returns: 'The function as it is now' } as const
export const newFunction = { ...aFunction, returns: 'The new function' } as const
