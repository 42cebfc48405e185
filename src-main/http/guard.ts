import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { answerProblem } from './answer.ts'
import { answerForeignPage } from './foreign-page.ts'

/** Answers a request. */
export type Respond = (request: IncomingMessage, response: ServerResponse) => void

/** The names under which a browser or program on this machine reaches the loopback interface. */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/** What a person has let in besides: exact values of the headers `Host` and `Origin`. */
export type Allowed = { hosts: readonly string[]; origins: readonly string[] }

/**
 * Hands on what is asked under an own name of this port; anything else is refused.
 * @param open the answer that is under way on each connection
 */
export function guarded(
  port: number,
  respond: Respond,
  open: WeakMap<Duplex, ServerResponse>,
  allowed: () => Allowed,
): Respond {
  return (request, response) => {
    open.set(request.socket, response)
    const foreign = foreignRequest(request, port, allowed())
    if (foreign) answerProblem(response, foreign)
    else if (!answerForeignPage(request, response)) respond(request, response)
  }
}

/**
 * Why this request is not answered, or null. A foreign `Host` is how DNS rebinding shows (a page's own name that
 * resolves to this machine), a foreign `Origin` is another site's page; both are refused whatever they ask (contract.md 7).
 */
function foreignRequest(
  request: IncomingMessage,
  port: number,
  { hosts: others, origins: pages }: Allowed,
): Problem | null {
  const hosts = request.headersDistinct.host ?? []
  const [host] = hosts
  const isOwn = (name: string) => isOwnHost(name, port) || others.includes(name.toLowerCase())
  if (hosts.length !== 1 || host === undefined || !isOwn(host) || !isOwnTarget(request.url ?? '', isOwn)) {
    return new Problem(
      'forbidden',
      `This is not an address of Model Cabinet: use http://127.0.0.1:${port} or http://localhost:${port}, or allow this host in Settings.`,
      { field: 'Host' },
    )
  }
  const origins = request.headersDistinct.origin ?? []
  if (
    origins.length > 1 ||
    origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}` && !pages.includes(origin))
  ) {
    return new Problem(
      'forbidden',
      'Other web sites may not access this cabinet, unless their origin is allowed in Settings.',
      { field: 'Origin' },
    )
  }
  return null
}

function isOwnHost(host: string, port: number): boolean {
  const name = host.toLowerCase()
  return loopbackNames.some((own) => name === `${own}:${port}` || (port === 80 && name === own))
}

/** A request line may carry a whole URL ("absolute form", RFC 9112 3.2.2); it then counts more than `Host`. */
function isOwnTarget(target: string, isOwn: (host: string) => boolean): boolean {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return true
  const authority = /^http:\/\/([^/?#]*)/i.exec(target)?.[1]
  return authority !== undefined && isOwn(authority)
}
