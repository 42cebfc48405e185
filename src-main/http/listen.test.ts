import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Respond } from './guard.ts'
import { DEFAULT_PORT, type Listening, listen } from './listen.ts'

// Protects the cabinet from foreign pages and names (DNS rebinding), and every client from an answer that is no Message.

const open: Listening[] = []
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close()
})

/** A page that a person has let in. */
const page = 'http://localhost:8888'

const answerYes: Respond = (_, response) => {
  response.end('{"Connected":true}')
}

async function start(options: { port?: number | undefined; respond?: Respond } = {}): Promise<Listening> {
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    respond: answerYes,
    allowed: () => ({ hosts: ['host.docker.internal:8807'], origins: [page] }),
    ...options,
  })
  open.push(listening)
  return listening
}

/** Sends bytes as they are, and gives all that comes back until the connection ends. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const messageOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))

describe('the guard of the local port', () => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('answers under the own name %s', async (name) => {
    const { port } = await start()
    const answer = await exchange(port, `GET /status HTTP/1.1\r\nHost: ${name}:${port}\r\nConnection: close\r\n\r\n`)
    expect(statusOf(answer)).toBe(200)
  })

  const methods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'TRACE', 'PROPFIND', 'DELETE']
  const foreignHosts = ['evil.example', '127.0.0.1.evil.example', 'localhost', '127.0.0.1', '10.0.0.1', '0.0.0.0', '']
  for (const method of methods) {
    it(`refuses ${method} under a foreign Host, as DNS rebinding asks (CVE-2024-28224, CVE-2025-66414)`, async () => {
      const { port } = await start()
      for (const host of [
        ...foreignHosts.map((name) => (name && !/^(localhost|127\.0\.0\.1)$/.test(name) ? `${name}:${port}` : name)),
        `127.0.0.1:${port + 1}`,
      ]) {
        const answer = await exchange(port, `${method} /x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
        expect(statusOf(answer), host).toBe(403)
        if (method !== 'HEAD') expect(messageOf(answer)).toMatchObject({ Field: { Name: 'Host' } })
      }
    })
  }

  it.each([
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['no Host in HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n'],
    ['a foreign absolute address', 'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n'],
    ['another scheme', 'GET ftp://127.0.0.1:PORT/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n'],
    ['a foreign Origin', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: https://evil.example\r\n\r\n'],
    ['the Origin null', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: null\r\n\r\n'],
    ['the Origin of another port', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:1\r\n\r\n'],
    [
      'the Origin of another own name',
      'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://localhost:PORT\r\n\r\n',
    ],
    ['an Origin by https', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: https://127.0.0.1:PORT\r\n\r\n'],
    [
      'two Origins',
      'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example\r\n\r\n',
    ],
  ])('refuses %s with 403 and a sentence', async (_, request) => {
    const { port } = await start()
    const answer = await exchange(port, request.replaceAll('PORT', String(port)))
    expect(statusOf(answer)).toBe(403)
    expect(messageOf(answer)).toMatchObject({ Message: expect.stringMatching(/\.$/) })
  })

  it('takes its own Origin', async () => {
    const { port } = await start()
    const own = `127.0.0.1:${port}`
    expect(
      statusOf(
        await exchange(port, `GET / HTTP/1.1\r\nHost: ${own}\r\nOrigin: http://${own}\r\nConnection: close\r\n\r\n`),
      ),
    ).toBe(200)
  })
})

describe('what a person has let in', () => {
  const ask = (port: number, lines: string) =>
    exchange(port, `${lines.replace('PORT', String(port))}\r\nConnection: close\r\n\r\n`)

  it('is an exact host, and no other port or name of it', async () => {
    const { port } = await start()
    expect(statusOf(await ask(port, 'GET / HTTP/1.1\r\nHost: host.docker.internal:8807'))).toBe(200)
    for (const host of ['host.docker.internal:8808', 'host.docker.internal', 'x.host.docker.internal:8807']) {
      expect(statusOf(await ask(port, `GET / HTTP/1.1\r\nHost: ${host}`)), host).toBe(403)
    }
  })

  it('is a page that may read the answer without cookies, and no page like it', async () => {
    const { port } = await start()
    const answer = await ask(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: ${page}`)
    expect(statusOf(answer)).toBe(200)
    expect(answer).toContain(`Access-Control-Allow-Origin: ${page}\r\n`)
    expect(answer).not.toContain('Allow-Credentials')
    for (const origin of [
      'http://localhost:8889',
      'https://localhost:8888',
      `${page}.evil.example`,
      'http://127.0.0.1:8888',
    ]) {
      const refused = await ask(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: ${origin}`)
      expect(statusOf(refused), origin).toBe(403)
      expect(refused).not.toContain('Access-Control')
    }
  })

  it('is told by the question that a browser asks first, which reaches nobody else', async () => {
    const { port } = await start({ respond: () => expect.unreachable() })
    const question = `OPTIONS /functions HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: ${page}\r\nAccess-Control-Request-Method: PATCH`
    const answer = await ask(port, question)
    expect(statusOf(answer)).toBe(204)
    expect(answer).toMatch(/Access-Control-Allow-Headers: .*Authorization/)
  })
})

describe('what is no request', () => {
  it.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['headers that never end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(400_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', 405],
    ['an expectation nobody knows', 'GET / HTTP/1.1\r\nHost: h\r\nExpect: wonders\r\n\r\n', 400],
  ])('%s is answered with a Message', async (_, text, status) => {
    const { port } = await start()
    const answer = await exchange(port, text)
    expect(statusOf(answer)).toBe(status)
    expect(messageOf(answer)).toMatchObject({ Message: expect.stringMatching(/\.$/) })
  })

  it('does not disturb the next one', async () => {
    const { port, url } = await start()
    await exchange(port, '\0\0\0\r\n\r\n')
    expect((await fetch(url)).status).toBe(200)
  })
})

describe('the port', () => {
  it('is refused in words where another program has it', async () => {
    const { port } = await start()
    await expect(start({ port })).rejects.toThrow(`Port ${port} is in use by another program`)
  })

  it('moves to a free one where the default is taken', async () => {
    const first = await start({ port: undefined })
    const second = await start({ port: undefined })
    expect(second.port).not.toBe(DEFAULT_PORT)
    expect(second.port).not.toBe(first.port)
  })

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('is not opened on %s', async (host) => {
    await expect(
      listen({ host, port: 0, respond: answerYes, allowed: () => ({ hosts: [], origins: [] }) }),
    ).rejects.toThrow('serves this computer only')
  })

  it('closes although a request never ends', async () => {
    const { port, close } = await start({ respond: () => {} })
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    await new Promise((resolve) => socket.once('connect', resolve))
    await close()
    await closed
  })
})
