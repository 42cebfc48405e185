import { Hono, type MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { type Caller, includes, type Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { isNone, type Operation } from '../../../src-contract/operations/operation.ts'
import { parsed } from '../../../src-contract/util/zod-problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { FunctionRecord } from '../../cabinet/functions/function-service.ts'
import type { TokenService } from '../../cabinet/tokens/token-service.ts'
import type { ApiContext, Environment } from './environment.ts'
import { jsonFor } from './hide-paths.ts'
import { readJson } from './json-body.ts'
import { signed } from './signed-token.ts'

const allowed: Record<Scope, string> = { read: 'read', write: 'read and change', admin: 'administer' }

/** Milliseconds in which work that is past its time must have cleared away what it left. */
const CLEARING = 1_000

/** Milliseconds that a request waits for another program to let go of the database. */
const LOCK_WAIT = 5_000

/** Answers with a function, and with its revision in the header. */
export function withRevision(context: ApiContext, { body, revision }: FunctionRecord): FunctionDetail {
  context.header('ETag', `"${revision}"`)
  return body
}

/** The revisions that `If-Match` asks for; empty where any will do (RFC 9110 13.1.1). A tag that can be no revision matches none. */
export function expectedRevisions(context: ApiContext): { expectedRevisions?: number[] } {
  const header = context.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const tags = header.split(',').map((tag) => /^"(\d{1,15})"$/.exec(tag.trim())?.[1])
  return { expectedRevisions: tags.filter((tag) => tag !== undefined).map(Number) }
}

/** A request to an operation, checked by its schemas. */
type Request<Params extends z.ZodType, Query extends z.ZodType> = {
  params: z.output<Params>
  query: z.output<Query>
  caller: Caller
  signal: AbortSignal
  context: ApiContext
}

/** What a section needs to know of the cabinet whose operations it answers. */
export type Served = Pick<Cabinet, 'tokens' | 'timeLimit' | 'writeLock'>

/** Answers operations of the contract: who may call, for how long, and what is checked follow from their descriptions. */
export function createSection({ tokens, timeLimit, writeLock }: Served) {
  const app = new Hono<Environment>()

  /** For operations that read their body or write their answer themselves. */
  function respond<
    Params extends z.ZodObject,
    Query extends z.ZodType,
    Body extends z.ZodType,
    Answer extends z.ZodType,
  >(
    operation: Operation<Params, Query, Body, Answer>,
    handle: (request: Request<Params, Query>) => Response | Promise<Response>,
  ): void {
    const { method, path, scope, limit, query, params } = operation
    const routed = path.replace(/\{(\w+)\}/g, ':$1')
    if (scope !== null && scope !== 'refresh') app.on(method, routed, authorise(tokens, scope))
    if (limit !== null) app.on(method, routed, deadline(timeLimit(limit)))
    const changes = method !== 'GET' && scope !== null && scope !== 'read'
    app.on(method, routed, async (context) => {
      if (changes) await writeLock.whenFree({ signal: context.var.signal, limit: LOCK_WAIT })
      const request = {
        query: parsed(query, queryOf(context)),
        params: parsed(params, context.req.param()),
        caller: context.var.caller,
        signal: context.var.signal,
        context,
      }
      return handle(request)
    })
  }

  /**
   * For operations with JSON or nothing on both sides.
   * @param advice what to do with a body that is too large
   */
  function serve<Params extends z.ZodObject, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
    operation: Operation<Params, Query, Body, Answer>,
    handle: (request: Request<Params, Query> & { body: z.output<Body> }) => z.input<Answer> | Promise<z.input<Answer>>,
    advice?: string,
  ): void {
    const hasBody = !isNone(operation.body)
    const mayLackBody = operation.body.safeParse(undefined).success
    respond(operation, async (request) => {
      const { context } = request
      const isSent = hasBody && !(mayLackBody && context.req.header('content-type') === undefined)
      const body = parsed(
        operation.body,
        isSent ? await readJson(context, { limit: operation.bodyLimit, advice }) : undefined,
      )
      const answer = await handle({ ...request, body })
      return answerJson(context, answer)
    })
  }

  return { app, respond, serve }
}

/** Answers with JSON, in which only administrators read where files lie. */
export function answerJson(context: ApiContext, answer: unknown): Response {
  return context.body(jsonFor(context.var.caller, answer), 200, { 'Content-Type': 'application/json' })
}

/** A parameter that is given once is a text, else a list. */
function queryOf(context: ApiContext): Record<string, unknown> {
  const given = Object.entries(context.req.queries())
  return Object.fromEntries(given.map(([key, values]) => [key, values.length === 1 ? values[0] : values]))
}

/** The answer of operations that have nothing to return. */
export const doneBody = { Message: 'Done' }

/** Lets an operation be called by whoever has the scope (contract.md 7), and notes who it was. */
function authorise(tokens: TokenService, scope: Scope): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const trusted = context.env?.caller
    const { caller, token } = trusted ? { caller: trusted, token: context.env.token } : await bearer(tokens, context)
    if (!includes(caller.scope, scope)) {
      throw new Problem(
        'forbidden',
        `This token may only ${allowed[caller.scope]}; this operation needs one that may ${allowed[scope]}.`,
      )
    }
    context.set('caller', caller)
    context.set('token', token)
    await next()
  }
}

async function bearer(tokens: TokenService, context: ApiContext): Promise<{ caller: Caller; token: string }> {
  const header = context.req.header('authorization')
  if (header === undefined) {
    throw new Problem(
      'unauthenticated',
      'A token is required: send the header "Authorization: Bearer <token>". The first token is in the file "token" in the data folder.',
    )
  }
  const secret = /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1]
  const found = secret === undefined ? null : (tokens.authenticate(secret) ?? (await signed(tokens, secret, 'access')))
  if (!found) throw new Problem('unauthenticated', 'This token is unknown, revoked or expired.')
  return { caller: { name: found.name, scope: found.scope }, token: found.uuid }
}

/**
 * Holds an operation to its time: past the limit the signal aborts, which cancels the work before it is committed, and the answer is
 * 504 once what it left is cleared away. Work that does not listen is answered for a moment later. The signal aborts too when the caller
 * goes away.
 * @param limit milliseconds
 */
export function deadline(limit: number): MiddlewareHandler<Environment> {
  return async (context, next) => {
    const controller = new AbortController()
    context.set('signal', controller.signal)
    const stopWatching = watchCaller(context, controller)
    const { promise: lost, reject } = Promise.withResolvers<never>()
    let problem: Problem | undefined
    let timer = setTimeout(() => {
      const late = timeOut(limit)
      problem = late
      controller.abort(late)
      timer = setTimeout(() => reject(late), CLEARING)
    }, limit)
    try {
      await Promise.race([next(), lost])
    } finally {
      clearTimeout(timer)
      stopWatching()
    }
    // Whatever words the work found for its end. What it had finished all the same is answered as it is.
    if (context.error && problem && controller.signal.reason === problem) throw problem
  }
}

export function timeOut(limit: number): Problem {
  const words = limit >= 60_000 ? `${limit / 60_000} minutes` : `${limit / 1_000} seconds`
  return new Problem('time-out', `Stopped after ${words}, the limit for this operation. Nothing was changed.`)
}

/** @returns the way to stop */
function watchCaller(context: ApiContext, controller: AbortController): () => void {
  const gone = () =>
    controller.abort(new Problem('malformed', 'The connection was closed before the response was sent.'))
  const outgoing = context.env?.outgoing
  if (outgoing) {
    outgoing.once('close', gone)
    return () => outgoing.off('close', gone)
  }
  const { signal } = context.req.raw
  if (signal.aborted) gone()
  signal.addEventListener('abort', gone, { once: true })
  return () => signal.removeEventListener('abort', gone)
}
