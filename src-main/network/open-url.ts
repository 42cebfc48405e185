import * as http from 'node:http'
import * as https from 'node:https'
import { networkInterfaces } from 'node:os'
import { guardAddress, guardedLookup, guardName, type Reach, type Resolve } from './guarded-lookup.ts'
import { failureOfError, NetworkFailure } from './network-failure.ts'
import { openTunnel, type ProxyOf, throughProxy } from './proxy.ts'

const MAX_REDIRECTS = 5
const redirects = new Set([301, 302, 303, 307, 308])

export type OpenOptions = {
  reach: Reach
  signal: AbortSignal
  /** Milliseconds of silence after which a connection counts as broken. */
  stallLimit: number
  headers?: Record<string, string>
  /** Sent to the first address' own origin only, never on to where it redirects. */
  secretHeaders?: Record<string, string>
  /** The token that an origin is asked with, of the first address' own origin only; null: none. */
  bearerOf?: (origin: string) => string | null
  /** By default none is used. */
  proxyOf?: ProxyOf
  /** In place of the system's name resolution. */
  resolve?: Resolve
}

export type Answer = {
  status: number
  headers: http.IncomingHttpHeaders
  /** Its errors are sorted by `failureOfError` where it is read. */
  body: http.IncomingMessage
  /** Where it came from in the end. */
  url: URL
  /** What the first address' own origin says of the file that it redirects to, as the Hub of Hugging Face does. */
  linked: LinkedFile
}

/** Its digest where the server keeps it by SHA-256, and the commit that a branch or tag stands for; null where it does not say. */
type LinkedFile = { sha256: string | null; commit: string | null }

/**
 * GETs an address, through at most 5 redirects, each held against the same rules: http and https only, never from https to http,
 * and no address out of `reach`, whatever a name resolves to at the moment of connecting.
 * @throws NetworkFailure; the signal's reason
 */
export async function openUrl(first: URL, options: OpenOptions): Promise<Answer> {
  const bearer = options.bearerOf?.(first.origin)
  const secrets = { ...(bearer && { Authorization: `Bearer ${bearer}` }), ...options.secretHeaders }
  const seen = new Set<string>()
  let linked: LinkedFile = { sha256: null, commit: null }
  let url = first
  for (;;) {
    options.signal.throwIfAborted()
    checkScheme(url)
    guardAddress(url.hostname, options.reach)
    seen.add(url.href)
    const secret = url.origin === first.origin ? secrets : {}
    const answer = await get(url, { ...options.headers, ...secret }, options)
    if (url.origin === first.origin) linked = { ...linked, ...linkedFile(answer.headers) }
    if (!redirects.has(answer.status)) return { ...answer, linked }
    answer.body.destroy()
    const next = nextUrl(url, answer.headers.location)
    if (seen.has(next.href)) throw new NetworkFailure('refused', `${url.host} redirects in a loop.`)
    if (seen.size > MAX_REDIRECTS) {
      throw new NetworkFailure('refused', `${first.host} redirects more than ${MAX_REDIRECTS} times.`)
    }
    url = next
  }
}

function linkedFile(headers: http.IncomingHttpHeaders): Partial<LinkedFile> {
  const text = (name: string) => [headers[name]].flat()[0] ?? ''
  const [sha256] = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/.exec(text('x-linked-etag')) ?? []
  const [commit] = /^[0-9a-f]{40}$/.exec(text('x-repo-commit')) ?? []
  return { ...(sha256 !== undefined && { sha256 }), ...(commit !== undefined && { commit }) }
}

function checkScheme({ protocol, host }: URL): void {
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new NetworkFailure('refused', `Only http and https URLs can be fetched, not ${protocol}//${host}.`)
  }
}

/** Where a redirect leads. @throws NetworkFailure `refused` where it leads nowhere, or from https to http. */
export function nextUrl(from: URL, location: string | undefined): URL {
  const next = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from.href) : null
  if (!next) throw new NetworkFailure('refused', `${from.host} redirects to an invalid URL.`)
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new NetworkFailure('refused', `${from.host} redirects from https to http, where anybody can change the file.`)
  }
  // What stands before the @ would be sent on as a password.
  next.username = ''
  next.password = ''
  return next
}

async function get(url: URL, headers: Record<string, string>, options: OpenOptions): Promise<Omit<Answer, 'linked'>> {
  const { signal } = options
  try {
    const way = await wayTo(url, options)
    return await ask(url, { ...way, headers: { ...headers, ...way.headers } }, options)
  } catch (error) {
    throw signal.aborted ? signal.reason : failureOfError(error, url.host, isOnline())
  }
}

/** How a connection to an address is made: directly, or by a proxy, which resolves names itself, so that they are held against the rules first. */
async function wayTo(
  url: URL,
  options: OpenOptions,
): Promise<http.RequestOptions & { headers?: Record<string, string> }> {
  const { reach, resolve, proxyOf } = options
  const proxy = proxyOf?.(url) ?? null
  if (proxy) await guardName(url.hostname, reach, resolve)
  if (proxy && url.protocol === 'https:') {
    const { request } = proxy.protocol === 'https:' ? https : http
    const socket = await openTunnel(url, proxy, { ...options, request })
    return {
      protocol: 'http:',
      createConnection: () => socket,
      path: url.pathname + url.search,
      headers: { Host: url.host },
    }
  }
  // One connection a request: nothing is reused that was opened under another rule.
  if (proxy) return { ...throughProxy(url, proxy), agent: false }
  return {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    agent: false,
    lookup: guardedLookup(reach, resolve),
  }
}

function ask(url: URL, way: http.RequestOptions, { signal, stallLimit }: OpenOptions): Promise<Omit<Answer, 'linked'>> {
  return new Promise((resolveAnswer, reject) => {
    let answered: http.IncomingMessage | undefined
    const { request } = way.protocol === 'https:' ? https : http
    const headers = { 'User-Agent': 'Model-Cabinet', Accept: '*/*', ...way.headers }
    const call = request({ ...way, headers, signal }, (body) => {
      answered = body
      resolveAnswer({ status: body.statusCode ?? 0, headers: body.headers, body, url })
    })
    call.setTimeout(stallLimit, () => {
      const seconds = Math.ceil(stallLimit / 1000)
      const silence = new NetworkFailure('temporary', `${url.host} sent nothing for ${seconds} seconds.`)
      answered?.destroy(silence)
      call.destroy(silence)
    })
    call.on('error', reject)
    call.end()
  })
}

/** Whether this machine has any network besides itself. */
export function isOnline(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
}
