import type { IncomingMessage, ServerResponse } from 'node:http'
import { safeHeaders } from '../api/middleware/safe-headers.ts'

/** Whether a request comes from the page of another origin: it has to bring a token, for a browser's session is of our own page alone. */
export function isForeignPage({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase()}`
}

/**
 * Lets an allowed page read the answer (CORS), without cookies.
 * @returns whether the request was the browser's question before the real one, and is answered
 */
export function answerForeignPage(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers
  if (origin === undefined || !isForeignPage(request)) return false
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Vary', 'Origin')
  response.setHeader(
    'Access-Control-Expose-Headers',
    'Content-Disposition, ETag, Link, X-Pagination-Capped, X-Pagination-Records',
  )
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false
  response.writeHead(204, {
    ...safeHeaders,
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, Range',
    'Access-Control-Max-Age': '600',
    ...(request.headers['access-control-request-private-network'] === 'true' && {
      'Access-Control-Allow-Private-Network': 'true',
    }),
  })
  response.end()
  return true
}
