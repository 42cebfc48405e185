import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type OpenOptions, openUrl } from './open-url.ts'
import { proxyFor } from './proxy.ts'

// A proxy is used where one is set, and is no way round the rules on where links may lead.

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const through = (address: string, environment: Record<string, string>, chosen: string | null = null) =>
  proxyFor(new URL(address), chosen, environment)?.host ?? null

test.each([
  ['http://example.com/m', { HTTP_PROXY: 'http://upper:1' }, 'upper:1'],
  ['http://example.com/m', { HTTP_PROXY: 'http://upper:1', http_proxy: 'lower:2' }, 'lower:2'],
  ['https://example.com/m', { HTTP_PROXY: 'http://upper:1' }, null],
  ['https://example.com/m', { HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
  ['https://example.com/m', { ALL_PROXY: 'http://all:3' }, 'all:3'],
  ['https://a.example.com/m', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other.org, .example.com' }, null],
  ['https://example.com/m', { HTTPS_PROXY: 'http://p:1', no_proxy: 'example.com:8443' }, 'p:1'],
  ['https://example.com:8443/m', { HTTPS_PROXY: 'http://p:1', no_proxy: 'example.com:8443' }, null],
  ['https://notexample.com/m', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example.com' }, 'p:1'],
  ['https://example.com/m', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
  ['http://127.0.0.1/m', { HTTP_PROXY: 'http://p:1' }, null],
  ['http://localhost/m', { HTTP_PROXY: 'http://p:1' }, null],
])('%s with %j goes through %s', (address, environment, proxy) => {
  expect(through(address, environment)).toBe(proxy)
})

test('the proxy of the settings is used in place of that of the environment, and a wrong one is named', () => {
  expect(through('https://example.com', { HTTPS_PROXY: 'http://p:1' }, 'http://chosen:9')).toBe('chosen:9')
  expect(() => through('https://example.com', { HTTPS_PROXY: 'socks5://p:1' })).toThrow(/not an http or https URL/)
})

/** A proxy that writes down what it is asked, answers http itself, and passes tunnels on to a port. */
async function startProxy(tunnelTo = 0) {
  const asked: { method?: string | undefined; url?: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    if (request.url?.endsWith('/moved')) response.writeHead(302, { Location: 'http://inner.example/secret' }).end()
    else response.end('model')
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push(request)
    const target = connect(tunnelTo, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    socket.pipe(target).pipe(socket)
    socket.on('error', () => target.destroy())
    target.on('error', () => socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, url: new URL(`http://ann:word@127.0.0.1:${(server.address() as AddressInfo).port}`) }
}

const names: Record<string, string> = { 'inner.example': '10.0.0.7', 'rebound.example': '127.0.0.1' }

const options = (proxy: URL, more: Partial<OpenOptions> = {}): OpenOptions => ({
  reach: (address) => !/^(10|127)\./.test(address),
  signal: new AbortController().signal,
  stallLimit: 5_000,
  proxyOf: () => proxy,
  resolve: (host, answer) => {
    const address = names[host]
    if (address) answer(null, [{ address, family: 4 }])
    else answer(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
  },
  ...more,
})

test('an http address that only the proxy can resolve is asked for through it, with its credentials and no secret of others', async () => {
  const { asked, url } = await startProxy()
  const { status, body } = await openUrl(new URL('http://models.example.com/m.onnx?x=1'), options(url))
  expect(status).toBe(200)
  expect((await Array.fromAsync(body)).join('')).toBe('model')
  expect(asked).toMatchObject([
    {
      url: 'http://models.example.com/m.onnx?x=1',
      headers: { host: 'models.example.com', 'proxy-authorization': `Basic ${btoa('ann:word')}` },
    },
  ])
})

test.each([
  'http://10.0.0.7/m',
  'http://inner.example/m',
  'https://rebound.example/m',
  'http://models.example.com/moved',
])('a proxy is no way to %s, which is inside', async (address) => {
  const { asked, url } = await startProxy()
  await expect(openUrl(new URL(address), options(url))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('private network'),
  })
  expect(asked.every((request) => request.url?.endsWith('/moved'))).toBe(true)
})

test('an https address goes through a tunnel: the proxy sees its name, and neither path nor token', async () => {
  const heard: Buffer[] = []
  const target = createTcpServer((socket) => {
    socket.once('data', (bytes) => {
      heard.push(bytes)
      socket.end()
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done))
  closing.push(() => target.close())
  const { asked, url } = await startProxy((target.address() as AddressInfo).port)
  const asking = openUrl(new URL('https://gated.example/secret-path'), options(url, { bearerOf: () => 'hf_token' }))
  await expect(asking).rejects.toMatchObject({ kind: 'temporary' })
  expect(asked).toMatchObject([{ method: 'CONNECT', url: 'gated.example:443' }])
  expect(JSON.stringify(asked[0]?.headers)).not.toMatch(/hf_token|secret-path/)
  const hello = Buffer.concat(heard)
  expect(hello[0]).toBe(0x16)
  expect(hello.includes('gated.example')).toBe(true)
})
