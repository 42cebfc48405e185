import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestPort, type TestPort } from '../http/testing/test-port.ts'
import { attachOverHttp } from './http-link.ts'

// Protects a start beside another cabinet: a window attaches only to one that answers, and notices when it is gone.

let folder: string
let server: Server
let url: string
let authorization: string | undefined
const event = { Id: 3, At: '2026-01-01T00:00:00Z', Kind: 'cabinet.changed', UUID: null, By: 'Ada', Summary: 'Größe' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-link-'))
  server = createServer((request, response) => {
    authorization = request.headers.authorization
    if (request.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      // In pieces that tear a character and a line apart.
      const bytes = Buffer.from(`: hello\n\nid: 3\ndata: ${JSON.stringify(event)}\n\n`)
      for (const byte of bytes) response.write(Buffer.from([byte]))
    } else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"Connected":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await writeFile(join(folder, 'token'), 'secret\n')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

const say = (endpoint: unknown) => writeFile(join(folder, 'endpoint.json'), JSON.stringify(endpoint))

it('does not attach where nothing says where, or what is said makes no sense', async () => {
  await expect(attachOverHttp(folder)).rejects.toMatchObject({ code: 'unavailable' })
  for (const nonsense of ['', { url: 'nowhere', pid: 1, version: '1' }, { url, pid: -1, version: '1' }, { url }]) {
    await say(nonsense)
    await expect(attachOverHttp(folder)).rejects.toThrow('has not published its address')
  }
})

it('does not attach to an address where nobody answers', async () => {
  await say({ url: 'http://127.0.0.1:1', pid: 1, version: '1' })
  await expect(attachOverHttp(folder)).rejects.toThrow('does not respond at http://127.0.0.1:1')
})

it('leaves nothing open where it does not attach', async () => {
  const closed = new Promise((resolve) => {
    server.removeAllListeners('request').once('request', (_, response) => {
      response.once('close', resolve)
      response.writeHead(503).write('not yet')
    })
  })
  await say({ url, pid: 1, version: '1' })
  await expect(attachOverHttp(folder)).rejects.toThrow(`does not respond at ${url}`)
  await closed
})

it('asks with the token, hears events, and notices the end', async () => {
  await say({ url, pid: 1, version: '1.2.3' })
  const { link, ended } = await attachOverHttp(folder)
  expect(link.endpoint).toMatchObject({ url, attached: true, version: '1.2.3', tokenFile: join(folder, 'token') })
  expect(await new Promise((resolve) => link.onEvent(resolve))).toEqual(event)
  const status = { id: '1', method: 'GET', path: '/status', headers: {} } as const
  expect(await link.request(status, new AbortController().signal)).toMatchObject({ body: '{"Connected":true}' })
  expect(authorization).toBe('Bearer secret')
  server.closeAllConnections()
  await ended
})

it('lets go when it is told to', async () => {
  await say({ url, pid: 1, version: '1.2.3' })
  const { ended, detach } = await attachOverHttp(folder)
  detach()
  await ended
})

describe('a cabinet whose port is moved', () => {
  let served: TestPort
  let freePort: number
  beforeEach(async () => {
    served = await openTestPort({}, '/nowhere', { port: undefined })
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    freePort = (other.address() as AddressInfo).port
    other.close()
    await once(other, 'close')
  })
  afterEach(() => served.remove())

  it('is followed: it answers, and what happens there is heard', async () => {
    await writeFile(join(served.cabinet.dataDirectory, 'token'), served.token)
    const { link, ended, detach } = await attachOverHttp(served.cabinet.dataDirectory)
    const heard: string[] = []
    link.onEvent(({ Kind }) => heard.push(`${Kind} ${link.endpoint.url}`))
    const ask = (method: 'GET' | 'PATCH' | 'POST', path: string, body?: unknown) =>
      link.request(
        {
          id: path,
          method,
          path,
          headers: { 'Content-Type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
        new AbortController().signal,
      )
    const name = async (Name: string) =>
      expect(await ask('POST', '/catalogues', { Name })).toMatchObject({ status: 200 })
    const there = `http://127.0.0.1:${freePort}`

    expect(await ask('PATCH', '/admin/settings', { Port: freePort })).toMatchObject({ status: 200 })
    await name('at once')
    expect(link.endpoint.url).toBe(there)
    await expect.poll(() => heard).toContain(`settings.changed ${there}`)
    await name('later')
    await expect.poll(() => heard.filter((one) => one.startsWith('catalogue.created'))).toHaveLength(2)
    detach()
    await ended
  })
})
