import { z } from 'zod'
import type { Operation } from '../../../src-contract/operations/operation.ts'
import { ApiError } from './api-error.ts'
import { type ApiAnswer, ask } from './transport.ts'

/** The query as its schema takes it; of a list, whose query is open, whatever texts the address has. */
type QueryOf<Query extends z.ZodType> = string extends keyof z.input<Query>
  ? Readonly<Record<string, string>>
  : z.input<Query>

/** What an operation is called with: the parameters of its path by name, its query and its body. */
type Input<Params extends z.ZodObject, Query extends z.ZodType, Body extends z.ZodType> = {
  [Name in keyof Params['shape']]: z.input<Params['shape'][Name]>
} & {
  query?: QueryOf<Query>
  body?: z.input<Body>
  headers?: Record<string, string>
  signal?: AbortSignal
} & (undefined extends z.input<Body> ? unknown : { body: z.input<Body> })

/**
 * Calls an operation of the contract.
 * @returns the body of the answer, read by the operation's schema, and its headers by their names in lower case
 * @throws ApiError for every answer that is an error or does not match the contract
 */
export async function callForAnswer<
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  operation: Operation<Params, Query, Body, Answer>,
  input: Input<Params, Query, Body>,
): Promise<{ body: z.output<Answer>; headers: ApiAnswer['headers'] }> {
  const { query, body, headers, signal } = input
  const given = new Map<string, unknown>(Object.entries(input))
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const answer = await ask({
    method: operation.method,
    path: search.size > 0 ? `${path}?${search}` : path,
    ...(body !== undefined && { json: body }),
    ...(headers && { headers }),
    ...(signal && { signal }),
  })
  const result = operation.answer.safeParse(jsonOf(answer.body))
  if (result.success) return { body: result.data, headers: answer.headers }
  throw new ApiError(0, `Unexpected response from the cabinet: ${z.prettifyError(result.error)}`)
}

/** The same for the body alone. */
export async function call<
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(operation: Operation<Params, Query, Body, Answer>, input: Input<Params, Query, Body>): Promise<z.output<Answer>> {
  return (await callForAnswer(operation, input)).body
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
