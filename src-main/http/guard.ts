import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { answerProblem } from './answer.ts'

/** Answers a request. */
export type Respond = (request: IncomingMessage, response: ServerResponse) => void

/** The names under which a browser or program on this machine reaches the loopback interface. */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Hands on what is asked under an own name of this port; anything else is refused.
 * @param open the answer that is under way on each connection
 */
export function guarded(port: number, respond: Respond, open: WeakMap<Duplex, ServerResponse>): Respond {
  return (request, response) => {
    open.set(request.socket, response)
    const foreign = foreignRequest(request, port)
    if (foreign) answerProblem(response, foreign)
    else respond(request, response)
  }
}

/**
 * Why this request is not answered, or null. A foreign `Host` is how DNS rebinding shows (a page's own name that
 * resolves to this machine), a foreign `Origin` is another site's page; both are refused whatever they ask (contract.md 7).
 */
function foreignRequest(request: IncomingMessage, port: number): Problem | null {
  const hosts = request.headersDistinct.host ?? []
  const [host] = hosts
  if (hosts.length !== 1 || host === undefined || !isOwnHost(host, port) || !isOwnTarget(request.url ?? '', port)) {
    return new Problem(
      'forbidden',
      `This is not an address of Model Cabinet: use http://127.0.0.1:${port} or http://localhost:${port}.`,
      { field: 'Host' },
    )
  }
  const origins = request.headersDistinct.origin ?? []
  if (origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}`)) {
    return new Problem('forbidden', 'Other web sites may not access this cabinet.', { field: 'Origin' })
  }
  return null
}

function isOwnHost(host: string, port: number): boolean {
  const name = host.toLowerCase()
  return loopbackNames.some((own) => name === `${own}:${port}` || (port === 80 && name === own))
}

/** A request line may carry a whole URL ("absolute form", RFC 9112 3.2.2); it then counts more than `Host`. */
function isOwnTarget(target: string, port: number): boolean {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return true
  const authority = /^http:\/\/([^/?#]*)/i.exec(target)?.[1]
  return authority !== undefined && isOwnHost(authority, port)
}
