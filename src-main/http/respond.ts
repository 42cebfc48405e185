import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { problemStatus } from '../../src-contract/contract/admin/problem.ts'
import type { Bindings } from '../api/middleware/environment.ts'
import { safeHeaders } from '../api/middleware/safe-headers.ts'
import { PROOF_PATH } from '../files/holder-proof.ts'
import { cutOff, takeIn } from './answer.ts'
import { isForeignPage } from './foreign-page.ts'
import type { Respond } from './guard.ts'
import type { Prover } from './prove-holder.ts'
import { rendererFile } from './renderer-files.ts'
import { SIGN_IN_PATH, type SignIn, TICKET_PATH } from './sign-in.ts'

export type RespondOptions = {
  api: { fetch(request: Request, bindings: Bindings): Response | Promise<Response> }
  signIn: SignIn
  prover: Prover
  /** The built window, `out/renderer`. */
  rendererFolder: string
}

/** Answers requests that passed the guard: the sign-in link, the window's files, and everything else by the API. */
export function createRespond({ api, signIn, prover, rendererFolder }: RespondOptions): Respond {
  const callers = new WeakMap<IncomingMessage, Pick<Bindings, 'caller' | 'token'>>()
  const askApi = getRequestListener(
    (request, { incoming, outgoing }) => {
      // HTTP/2 is never served here; its types come with the library.
      if ('stream' in incoming || 'stream' in outgoing) throw new Error('HTTP/2 is not served')
      return api.fetch(request, { incoming, outgoing, ...callers.get(incoming) })
    },
    { overrideGlobalObjects: false, autoCleanupIncoming: false },
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    drainAfterwards(request, response)
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
    const path = request.url?.split('?')[0] ?? '/'
    if (path === SIGN_IN_PATH) return signIn.respond(request, response)
    if (path === TICKET_PATH) return await signIn.respondTicket(request, response)
    if (path === PROOF_PATH) return prover.respond(request, response)
    if (isPageRequest(request, path)) {
      const file = (await rendererFile(rendererFolder, path)) ?? (path === '/' ? placeholder : undefined)
      if (file) {
        response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length })
        response.end(request.method === 'HEAD' ? undefined : file.body)
        return
      }
    }
    if (!isForeignPage(request)) {
      const window = prover.callerOf(request)
      // A token counts before a session, so that a script in a signed-in browser's machine is who it says.
      const found =
        request.headers.authorization === undefined ? signIn.callerOf(request) : window && { caller: window }
      if (found) callers.set(request, found)
    }
    await askApi(request, response)
  }

  return (request, response) => {
    answer(request, response).catch(() => response.destroy())
  }
}

function isPageRequest(request: IncomingMessage, path: string): boolean {
  return (
    !isWrite(request) &&
    (path === '/' || /^\/(?:assets\/.+|[\w-]+\.(?:html|svg|png|ico|txt))$/.test(path)) &&
    path !== '/openapi.html'
  )
}

function isWrite(request: IncomingMessage): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

/** Takes in what is left of a body once the answer is written: a connection that is cut while it sends loses the answer. */
function drainAfterwards(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete || request.destroyed) return
    takeIn(request)
    const isSlow = response.statusCode === problemStatus['time-out']
    cutOff(request.socket, request, isSlow ? 0 : undefined)
  })
}

/** What stands at `/` in a folder of sources whose window was not built. */
const placeholder = {
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  },
  body: Buffer.from(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Model Cabinet</title>
<h1>Model Cabinet is serving</h1>
<p>The window was not built here: <code>npm run build</code> makes it, and this page then shows your models.</p>
<p>The API is described in <a href="/openapi.html">openapi.html</a>.</p>
</html>
`),
}
