import type { BridgeRequest } from '../../../src-contract/contract/desktop/bridge.ts'
import { connection } from '../state/connection.ts'
import { apiError, noAnswer } from './api-error.ts'
import { sessionHeaders } from './session-key.ts'

/** One request to the Compute API. `path` begins with a slash and carries its query. */
export type ApiRequest = {
  method: BridgeRequest['method']
  path: string
  json?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A successful answer; header names in lower case. */
export type ApiAnswer = { headers: Record<string, string>; body: string }

let requests = 0

async function overBridge(request: ApiRequest, headers: Record<string, string>, body: string | undefined) {
  const { cabinet } = window
  if (!cabinet) throw noAnswer()
  requests += 1
  const id = `request-${requests}`
  const abort = () => cabinet.cancel(id)
  request.signal?.addEventListener('abort', abort)
  try {
    const answer = await cabinet.request({
      id,
      method: request.method,
      path: request.path,
      headers,
      ...(body !== undefined && { body }),
    })
    return { status: answer.status, headers: answer.headers, body: answer.body }
  } finally {
    request.signal?.removeEventListener('abort', abort)
  }
}

async function overHttp(request: ApiRequest, headers: Record<string, string>, body: string | undefined) {
  try {
    const answer = await fetch(request.path, {
      method: request.method,
      headers: { ...headers, ...sessionHeaders() },
      credentials: 'same-origin',
      ...(body !== undefined && { body }),
      ...(request.signal && { signal: request.signal }),
    })
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
  } catch (error) {
    if (request.signal?.aborted) throw error
    throw noAnswer()
  }
}

/**
 * Asks the API over the desktop's bridge, or over HTTP in a browser, whose cookie and key sign it in.
 * @throws ApiError for every answer that is no success
 */
export async function ask(request: ApiRequest): Promise<ApiAnswer> {
  request.signal?.throwIfAborted()
  const body = request.json === undefined ? undefined : JSON.stringify(request.json)
  const headers = {
    Accept: 'application/json',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...request.headers,
  }
  const answer = await (window.cabinet ? overBridge : overHttp)(request, headers, body)
  request.signal?.throwIfAborted()
  if (answer.status === 401) connection.setState({ state: 'signed-out', message: 'This browser is not signed in.' })
  if (answer.status >= 400) throw apiError(answer.status, answer.body)
  return { headers: answer.headers, body: answer.body }
}
