import type * as http from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { NetworkFailure } from './network-failure.ts'

/** The proxy that an address is asked through; null: none. */
export type ProxyOf = (url: URL) => URL | null

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which proxy to use, by the variables that curl and Python read too: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, also in lower case,
 * which counts more. This computer is never asked through one.
 * @param chosen the proxy of the settings in place of those of the environment; null: none is set
 */
export function proxyFor(url: URL, chosen: string | null, environment: Environment = process.env): URL | null {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name]
  if (isLoopback(url.hostname) || isExcepted(url, read('NO_PROXY') ?? '')) return null
  const given = chosen ?? read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? read('ALL_PROXY')
  if (!given) return null
  const address = given.includes('://') ? given : `http://${given}`
  const proxy = URL.canParse(address) ? new URL(address) : null
  if (proxy?.protocol !== 'http:' && proxy?.protocol !== 'https:') {
    throw new NetworkFailure('refused', 'The proxy of this computer is not an http or https URL. Correct it first.')
  }
  return proxy
}

const isLoopback = (host: string) => /^(?:localhost|.*\.localhost|127\..*|\[::1\])$/.test(host)

/** Entries are names, which mean what is below them too, or addresses, each with an optional port; `*` is all. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const own = port || (protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', entryPort] = /^(\*|\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (name === '*') return true
    const host = name.replace(/^\*?\./, '')
    if (host === '' || (entryPort !== undefined && entryPort !== own)) return false
    return hostname === host || (isIP(hostname) === 0 && hostname.endsWith(`.${host}`))
  })
}

/** Headers that tell a proxy who asks. */
function credentials({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** What a request to an http address differs in when a proxy passes it on. */
export function throughProxy(url: URL, proxy: URL) {
  const { protocol, hostname, port } = proxy
  const path = `${url.origin}${url.pathname}${url.search}`
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path,
    headers: { Host: url.host, ...credentials(proxy) },
  }
}

/** An encrypted connection to an https address through a proxy, which sees none of what is said. @throws NetworkFailure; the system's errors */
export async function openTunnel(
  url: URL,
  proxy: URL,
  { signal, stallLimit, request }: { signal: AbortSignal; stallLimit: number; request: typeof http.request },
): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || '443'}`
  const { protocol, hostname, port } = throughProxy(url, proxy)
  const socket = await new Promise<Socket>((resolve, reject) => {
    const headers = { Host: authority, ...credentials(proxy) }
    const call = request({
      protocol,
      hostname,
      port,
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
      signal,
    })
    call.setTimeout(stallLimit, () =>
      call.destroy(new NetworkFailure('temporary', `The proxy ${proxy.host} does not answer.`)),
    )
    call.on('error', reject)
    call.once('connect', ({ statusCode = 0 }, opened: Socket) => {
      if (statusCode === 200) return resolve(opened)
      opened.destroy()
      reject(
        new NetworkFailure(
          statusCode >= 500 ? 'temporary' : 'refused',
          `The proxy ${proxy.host} refused ${authority} (${statusCode}).`,
        ),
      )
    })
    call.end()
  })
  const servername = url.hostname.replace(/^\[|\]$/g, '')
  const secure = connectTls({ socket, ...(isIP(servername) === 0 && { servername }), host: servername })
  const stop = () => secure.destroy()
  signal.addEventListener('abort', stop, { once: true })
  await new Promise<void>((resolve, reject) =>
    secure.once('secureConnect', resolve).once('error', reject).once('close', reject),
  )
  secure.removeAllListeners('close')
  signal.removeEventListener('abort', stop)
  return secure
}
