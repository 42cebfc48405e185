import type { RouteConfig } from '@hono/zod-openapi'
import { z } from 'zod'
import { Message } from '../../../src-contract/contract/admin/message.ts'
import { isNone, type Operation, SMALL_BODY } from '../../../src-contract/operations/operation.ts'
import { plural } from '../../../src-contract/words/human-number.ts'
import examples from './examples.json' with { type: 'json' }

/** What was asked of the program and what it answered (examples.test.ts). */
const exampleOf = new Map<string, { Request?: unknown; Response?: unknown }>(Object.entries(examples))

const methods = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

/** An operation as the document describes it. */
export function pathOf(id: string, operation: Operation): RouteConfig {
  const { method, path, tag, scope, summary, params, query, body, bodyTypes, deprecated, conditional } = operation
  const headers = conditional ? (operation.headers ?? z.object({})).extend(ifNoneMatch) : operation.headers
  const example = exampleOf.get(id)
  const isRequired = bodyTypes !== undefined || !body.safeParse(undefined).success
  return {
    operationId: id,
    security: scope === null ? [] : [{ User: [] }],
    ...(scope !== null && { 'x-scope': scope }),
    ...(deprecated && { deprecated }),
    method: methods[method],
    path,
    tags: [tag],
    summary,
    description: descriptionOf(operation),
    request: {
      params,
      query: query instanceof z.ZodObject || query instanceof z.ZodPipe ? query : undefined,
      ...(headers && { headers }),
      ...((bodyTypes || !isNone(body)) && {
        body: { ...(isRequired && { required: true }), content: bodyTypes ?? json(body, example?.Request) },
      }),
    },
    responses: { ...answersOf(operation, example?.Response), ...errorsOf(operation) },
  }
}

function descriptionOf({ limit, scope, summary, description = `${summary}.` }: Operation): string {
  const sentences = [
    limit !== null && `Time-out set to ${timeOutWords(limit)}.`,
    scope !== null && 'Requires an authenticated user.',
    scope !== null &&
      scope !== 'refresh' &&
      `The token must be of scope \`${scope}\`${scope === 'admin' ? '' : ' or above'}.`,
  ].filter(Boolean)
  return [description, sentences.join(' ')].filter(Boolean).join('\n\n')
}

/** As the original document writes a time limit: `15s`, `5m0s`. */
function timeOutWords(limit: number): string {
  const seconds = limit / 1_000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

const json = (schema: z.ZodType, example?: unknown) => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})

const ifNoneMatch = {
  'If-None-Match': z.string().optional().meta({ description: 'The `ETag` of what the caller has' }),
}
const contentTag = { ETag: z.string().meta({ description: 'Of the content, for `If-None-Match`' }) }

function answersOf(operation: Operation, example: unknown) {
  const { answer, answerTypes, returns, conditional } = operation
  const answerHeaders = conditional
    ? z.object(contentTag).extend(operation.answerHeaders?.shape ?? {})
    : operation.answerHeaders
  const headers = answerHeaders && { headers: answerHeaders }
  const unchanged: Operation['alsoReturns'] = { 304: { returns: 'It is still what `If-None-Match` names' } }
  const alsoReturns = conditional ? { ...unchanged, ...operation.alsoReturns } : operation.alsoReturns
  const others = Object.entries(alsoReturns ?? {}).map(([status, other]) => [
    status,
    { description: other.returns, ...headers, ...(other.types && { content: other.types }) },
  ])
  const content = { ...(!isNone(answer) && json(answer, example)), ...answerTypes }
  return { 200: { description: returns, ...headers, content }, ...Object.fromEntries(others) }
}

const challenge = { headers: z.object({ 'WWW-Authenticate': z.string() }) }

function errorsOf({
  scope,
  limit,
  body,
  bodyTypes,
  bodyLimit = SMALL_BODY,
  errors,
}: Operation): RouteConfig['responses'] {
  const all: Record<string, string> = {
    ...(scope !== null && {
      401: 'The token is missing, unknown, revoked or expired',
      403: 'The token may not do this, or the request comes from a foreign page',
    }),
    405: 'The path has no such method; `Allow` names those it has',
    422: 'A value is invalid; `Field` names it',
    431: 'The headers, which include the address, are larger than 256 KiB',
    503: 'Not available now, such as while another program has locked the database; try again',
    ...(limit !== null && {
      504: 'The operation exceeded its time limit and was stopped; nothing was changed',
    }),
    ...((bodyTypes || !isNone(body)) && {
      400: 'The body is malformed',
      413: bodyTypes
        ? 'The body is too large'
        : `The body is too large: as JSON it may have ${plural(bodyLimit, 'byte')}`,
      415: 'The content type of the body is not supported',
    }),
    ...errors,
  }
  return Object.fromEntries(
    Object.entries(all).map(([status, description]) => [
      status,
      { description, content: json(Message), ...(status === '401' && challenge) },
    ]),
  )
}
