import { Hono } from 'hono'
import type { z } from 'zod'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import type { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { isNone, type Operation } from '../../../src-contract/operations/operation.ts'
import { parsed } from '../../../src-contract/util/zod-problem.ts'
import type { Cabinet } from '../../cabinet/cabinet.ts'
import type { FunctionRecord } from '../../cabinet/functions/function-service.ts'
import { authorise } from './authorise.ts'
import { deadline } from './deadline.ts'
import type { ApiContext, Environment } from './environment.ts'
import { jsonFor } from './hide-paths.ts'
import { readJson } from './json-body.ts'
import { contentTag, createKnownAnswers } from './known-answers.ts'

/** Milliseconds that a request waits for its turn where others ask for the same kind of work. */
const TURN_WAIT = 30_000

/** Milliseconds that a request waits for another program to let go of the database. */
const LOCK_WAIT = 5_000

/** Answers with a function, and with its revision in the header. */
export function withRevision(context: ApiContext, { body, revision }: FunctionRecord): FunctionDetail {
  context.set('revision', revision)
  return body
}

/** The revisions that `If-Match` asks for; empty where any will do (RFC 9110 13.1.1). A tag that can be no revision matches none. */
export function expectedRevisions(context: ApiContext): { expectedRevisions?: number[] } {
  const header = context.req.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const tags = header.split(',').map((tag) => /^"(\d{1,15})(?:-[\w-]{22})?"$/.exec(tag.trim())?.[1])
  return { expectedRevisions: tags.filter((tag) => tag !== undefined).map(Number) }
}

/** A request to an operation, checked by its schemas. */
type Request<Params extends z.ZodType, Query extends z.ZodType> = Asked<z.output<Params>> & { query: z.output<Query> }

/** As much of it as operations share that do the same with other bodies. */
export type Asked<Params = unknown> = {
  params: Params
  caller: Caller
  signal: AbortSignal
  context: ApiContext
}

/** What a section needs to know of the cabinet whose operations it answers. */
export type Served = Pick<Cabinet, 'tokens' | 'timeLimit' | 'writeLock' | 'contentVersion'>

/** Answers operations of the contract: who may call, for how long, and what is checked follow from their descriptions. */
export function createSection({ tokens, timeLimit, writeLock, contentVersion }: Served) {
  const app = new Hono<Environment>()
  const known = createKnownAnswers(contentVersion)

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
    const { method, path, scope, limit, takesTurns, query, params } = operation
    const routed = path.replace(/\{(\w+)\}/g, ':$1')
    if (scope !== null && scope !== 'refresh') app.on(method, routed, authorise(tokens, scope))
    if (limit !== null) app.on(method, routed, deadline(timeLimit(limit) + (takesTurns ? timeLimit(TURN_WAIT) : 0)))
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
    const { conditional } = operation
    const answer = async (request: Request<Params, Query>): Promise<Response> => {
      const { context } = request
      const isSent = hasBody && !(mayLackBody && context.req.header('content-type') === undefined)
      const body = parsed(
        operation.body,
        isSent ? await readJson(context, { limit: operation.bodyLimit, advice }) : undefined,
      )
      return answerJson(context, await handle({ ...request, body }))
    }
    respond(
      operation,
      conditional === undefined
        ? answer
        : (request) => known(request.context, conditional === 'database', () => answer(request)),
    )
  }

  return { app, respond, serve, known }
}

/** Answers with JSON, in which only administrators read where files lie. Not all that an answer with a revision says is in that. */
export function answerJson(context: ApiContext, answer: unknown): Response {
  const json = jsonFor(context.var.caller, answer)
  const { revision } = context.var
  if (revision !== undefined) context.header('ETag', `"${revision}-${contentTag(json)}"`)
  return context.body(json, 200, { 'Content-Type': 'application/json' })
}

/** A parameter that is given once is a text, else a list. */
function queryOf(context: ApiContext): Record<string, unknown> {
  const given = Object.entries(context.req.queries())
  return Object.fromEntries(given.map(([key, values]) => [key, values.length === 1 ? values[0] : values]))
}

/** The answer of operations that have nothing to return. */
export const doneBody = { Message: 'Done' }
