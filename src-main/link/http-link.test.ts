import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFolderKeys, readFolderKeys } from '../files/folder-key.ts'
import { holderProof, PROOF_PATH, requestProof } from '../files/holder-proof.ts'
import { createProver } from '../http/prove-holder.ts'
import { openTestPort, type TestPort } from '../http/testing/test-port.ts'
import { attachOverHttp } from './http-link.ts'

// Protects a start beside another cabinet: a window attaches only to one that answers, and notices when it is gone.

let folder: string
let server: Server
let url: string
let authorization: string | undefined
let asked: string[]
let unavailable: ((response: ServerResponse) => void) | undefined
const event = { Id: 3, At: '2026-01-01T00:00:00Z', Kind: 'cabinet.changed', UUID: null, By: 'Ada', Summary: 'Größe' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-link-'))
  const prover = createProver(openFolderKeys(folder))
  asked = []
  unavailable = undefined
  server = createServer((request, response) => {
    asked.push(JSON.stringify(request.headers))
    if (request.url?.startsWith(PROOF_PATH)) return prover.respond(request, response)
    authorization = prover.callerOf(request)?.name
    if (unavailable) return unavailable(response)
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
  await writeFile(join(folder, 'token'), 'mc_secret\n')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

const say = (endpoint: unknown) => writeFile(join(folder, 'endpoint.json'), JSON.stringify(endpoint))

it('does not attach where nothing says where, or what is said makes no sense', async () => {
  await expect(attachOverHttp(folder)).rejects.toMatchObject({ code: 'unavailable' })
  for (const nonsense of [
    '',
    { url: 'nowhere', pid: 1, version: '1' },
    { url, pid: -1, version: '1' },
    { url },
    { url: 'http://192.0.2.1:80', pid: 1, version: '1' },
    { url: 'https://example.org', pid: 1, version: '1' },
  ]) {
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
    unavailable = (response) => {
      response.once('close', resolve)
      response.writeHead(503).write('not yet')
    }
  })
  await say({ url, pid: process.pid, version: '1' })
  await expect(attachOverHttp(folder)).rejects.toThrow(`does not respond at ${url}`)
  await closed
})

it('asks as the window, hears events, and notices the end', async () => {
  await say({ url, pid: process.pid, version: '1.2.3' })
  const { link, ended } = await attachOverHttp(folder)
  expect(link.endpoint).toMatchObject({ url, attached: true, version: '1.2.3', tokenFile: join(folder, 'token') })
  expect(await new Promise((resolve) => link.onEvent(resolve))).toEqual(event)
  const status = { id: '1', method: 'GET', path: '/status', headers: {} } as const
  expect(await link.request(status, new AbortController().signal)).toMatchObject({ body: '{"Connected":true}' })
  expect(authorization).toBe('desktop')
  expect(asked.join()).not.toContain('mc_secret')
  server.closeAllConnections()
  await ended
})

it('lets go when it is told to', async () => {
  await say({ url, pid: process.pid, version: '1.2.3' })
  const { ended, detach } = await attachOverHttp(folder)
  detach()
  await ended
})

describe('a stranger who listens where a cabinet was', () => {
  /** Answers in place of the cabinet whose address the file still has. */
  async function answeredBy(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<void> {
    server.removeAllListeners('request').on('request', (request, response) => {
      asked.push(`${request.url} ${JSON.stringify(request.headers)}`)
      answer(request, response)
    })
    await say({ url, pid: process.pid, version: '1' })
  }

  const nonceOf = ({ url: target }: IncomingMessage) => target?.split('=')[1] ?? ''
  const json = (response: ServerResponse, body: unknown) => response.end(JSON.stringify(body))
  const instance = 'a'.repeat(64)
  const none = () => new Uint8Array(32)
  const port = () => (server.address() as AddressInfo).port

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => unknown]>([
    ['nothing of the kind', (_, response) => response.end('<h1>TensorBoard</h1>')],
    [
      'whatever is asked',
      (_, response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(':\n\n'),
    ],
    ['without end', (_, response) => response.write('x'.repeat(100_000))],
    ['with a redirect', (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['with what was asked', (request, response) => json(response, { Instance: instance, Proof: nonceOf(request) })],
    ['with an empty proof', (_, response) => json(response, { Instance: instance, Proof: '' })],
    [
      'with the proof of another key',
      (request, response) =>
        json(response, {
          Instance: instance,
          Proof: holderProof(none, nonceOf(request), { pid: process.pid, port: port(), instance }),
        }),
    ],
  ])('gets nothing by answering %s', async (_, answer) => {
    await answeredBy(answer)
    await expect(attachOverHttp(folder)).rejects.toMatchObject({ code: 'unavailable' })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^\/proof\?nonce=[0-9a-f]{64} /)
    expect(asked[0]).not.toMatch(/authorization|mc_secret/i)
  })

  it('gets nothing by passing the question on to the cabinet itself', async () => {
    const served = await openTestPort()
    try {
      const data = served.cabinet.dataDirectory
      await answeredBy(async (request, response) =>
        response.end(await (await fetch(served.opened.url + request.url)).text()),
      )
      await writeFile(join(data, 'endpoint.json'), JSON.stringify({ url, pid: process.pid, version: '1' }))
      await expect(attachOverHttp(data)).rejects.toThrow('is not the one that has this data folder open')
    } finally {
      await served.remove()
    }
  })

  it('gets nothing from an answer to another question, nor one who asks in place of the window', async () => {
    const served = await openTestPort()
    try {
      const keys = readFolderKeys(served.cabinet.dataDirectory)
      if (!keys) throw new Error('There is no key.')
      const ask = (path: string, proof: string, init: RequestInit = {}) =>
        fetch(served.opened.url + path, { ...init, headers: { ...init.headers, Authorization: `Cabinet ${proof}` } })
      const proof = async (nonce: string) =>
        Object(await (await fetch(`${served.opened.url}${PROOF_PATH}?nonce=${nonce}`)).json())
      const { Instance, Proof } = await proof('0'.repeat(64))
      expect((await proof('1'.repeat(64))).Proof).not.toBe(Proof)
      // An answer opens nothing.
      expect((await ask('/functions', Proof)).status).toBe(401)
      const holder = { pid: process.pid, port: served.opened.port, instance: Instance }
      const own = requestProof(keys, 'GET', '/functions', holder)
      expect((await ask('/functions', own)).status).toBe(200)
      // What lets one request in lets in no other, and none after a restart, at another port, or from another page.
      expect((await ask('/admin/tokens', own)).status).toBe(401)
      expect((await ask('/functions', own, { method: 'POST' })).status).toBe(401)
      for (const other of [{ instance }, { port: 1 }, { pid: 1 }]) {
        expect((await ask('/functions', requestProof(keys, 'GET', '/functions', { ...holder, ...other }))).status).toBe(
          401,
        )
      }
      expect((await ask('/functions', own, { headers: { Origin: 'https://example.org' } })).status).toBe(403)
      for (const nonce of ['', 'short', 'g'.repeat(64), '0'.repeat(65)]) {
        expect((await fetch(`${served.opened.url}${PROOF_PATH}?nonce=${nonce}`)).status).toBe(400)
      }
    } finally {
      await served.remove()
    }
  })
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
