import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DownloadOptions, download } from './download.ts'
import { bytes, partIn, plainOptions, send, sha256 } from './testing/plain-download.ts'
import { serve } from './testing/serve.ts'

let directory: string
let validator: string | null
let progress: [number, number | null][]
let arrived: (done: number) => void

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cabinet-download-'))
  validator = null
  progress = []
  arrived = () => {}
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const part = () => partIn(directory)

function fetchFrom(url: URL, options: Partial<DownloadOptions> = {}) {
  return download(url, {
    ...plainOptions(directory),
    validator,
    onValidator: (given) => {
      validator = given
    },
    onProgress: (done, total) => {
      progress.push([done, total])
      arrived(done)
    },
    ...options,
  })
}

/** Sends what is asked for, as a server does that knows ranges. */
function sendRange(response: ServerResponse, range: string | undefined, headers: Record<string, string>): void {
  const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0)
  const body = bytes.subarray(from)
  response
    .writeHead(from > 0 ? 206 : 200, {
      'Content-Length': body.length,
      ...(from > 0 && { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
      ...headers,
    })
    .end(body)
}

/** Sends the head of an answer and a part of its body, and cuts the connection when that has arrived. */
function cutOff(response: ServerResponse, length: number, headers: Record<string, string>): void {
  response.writeHead(200, { 'Content-Length': String(bytes.length), ...headers })
  response.write(bytes.subarray(0, length))
  arrived = (done) => {
    if (done === length) response.socket?.destroy()
  }
}

test.each([
  [401, 'refused', 'sign-in'],
  [403, 'refused', '403'],
  [404, 'refused', 'not found'],
  [410, 'refused', 'removed'],
  [418, 'refused', '418'],
  [204, 'refused', '204'],
  [206, 'refused', '206'],
  [304, 'refused', '304'],
  [408, 'temporary', '408'],
  [500, 'temporary', 'server error'],
  [503, 'temporary', 'server error'],
])('an answer %i is %s and says so', async (status, kind, words) => {
  await using server = await serve((_, response) => response.writeHead(status).end())
  await expect(fetchFrom(server.url('/m.onnx'))).rejects.toMatchObject({
    kind,
    message: expect.stringContaining(words),
  })
})

test('a server that asks to slow down is heard', async () => {
  await using server = await serve((_, response) => response.writeHead(429, { 'Retry-After': '7' }).end())
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'temporary', retryAfter: 7_000 })
})

test('a closed port, a name that is nowhere and a server of another kind are told apart', async () => {
  const closed = await serve(() => {})
  const url = closed.url('/')
  await closed[Symbol.asyncDispose]()
  await expect(fetchFrom(url)).rejects.toMatchObject({
    kind: 'temporary',
    message: expect.stringContaining('refused the connection'),
  })

  const away = Object.assign(new Error('away'), { code: 'EAI_AGAIN' })
  const named = new URL('http://models.example/m.onnx')
  await expect(fetchFrom(named, { resolve: (_, answer) => answer(away, []) })).rejects.toMatchObject({
    kind: 'offline',
    message: 'models.example cannot be reached: no network connection.',
  })

  const other = createServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : 0
  await expect(fetchFrom(new URL(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({
    kind: 'temporary',
    message: expect.stringContaining('does not speak HTTP'),
  })
  other.close()
})

test('a file whose announced size is over the limit is not begun', async () => {
  await using server = await serve((_, response) => send(response, bytes))
  await expect(fetchFrom(server.url('/'), { limit: 299_999 })).rejects.toMatchObject({ kind: 'refused' })
  expect(await part().size()).toBe(0)
})

test('a file that grows past the limit without having said so is stopped', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200)
    const write = () => {
      while (!response.destroyed && response.write(bytes)) {}
    }
    response.on('drain', write)
    write()
  })
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('1,000,000'),
  })
})

test('a small packed file that unpacks past the limit is stopped', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000))
  await using server = await serve((_, response) => send(response, bomb, { 'Content-Encoding': 'gzip' }))
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'refused' })
  expect(bomb.length).toBeLessThan(1_000_000)
})

test('a server that announces more than it sends is not believed', async () => {
  await using server = await serve((_, response) => cutOff(response, 1000, {}))
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'temporary' })
})

test('a server that falls silent is given up', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': String(bytes.length) })
    response.write(bytes.subarray(0, 10))
  })
  await expect(fetchFrom(server.url('/'), { stallLimit: 50 })).rejects.toMatchObject({
    kind: 'temporary',
    message: expect.stringContaining('sent nothing'),
  })
})

test('an abort ends a download at once, with its own reason', async () => {
  const abort = new AbortController()
  await using server = await serve((_, response) => {
    response.writeHead(200)
    response.write('half', () => abort.abort(new Error('enough')))
  })
  await expect(fetchFrom(server.url('/'), { signal: abort.signal })).rejects.toThrow('enough')
})

test('a download that broke off goes on where it was, when the file is proven the same', async () => {
  await using server = await serve((request, response) => {
    if (server.requests.length === 1) cutOff(response, 100_000, { ETag: '"v1"' })
    else sendRange(response, request.headers.range, { ETag: '"v1"' })
  })
  await expect(fetchFrom(server.url('/m.onnx'))).rejects.toMatchObject({ kind: 'temporary' })
  const kept = await part().size()
  expect(kept).toBeGreaterThan(0)
  const done = await fetchFrom(server.url('/m.onnx'))
  expect(server.requests[1]?.headers).toMatchObject({ range: `bytes=${kept}-`, 'if-range': '"v1"' })
  expect(done).toMatchObject({ file: { size: bytes.length, sha256 }, etag: '"v1"', name: 'm.onnx' })
  expect(progress.at(-1)).toEqual([bytes.length, bytes.length])
})

test('a download whose file changed meanwhile begins anew', async () => {
  await using server = await serve((_, response) => {
    if (server.requests.length === 1) cutOff(response, 100_000, { ETag: '"v1"' })
    else send(response, bytes.subarray(5), { ETag: '"v2"' })
  })
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'temporary' })
  const done = await fetchFrom(server.url('/'))
  expect(done).toMatchObject({ file: { size: bytes.length - 5 }, etag: '"v2"' })
})

test.each<Record<string, string>>([{}, { ETag: 'W/"weak"' }])(
  'without proof that the file is the same (%o) nothing is continued',
  async (headers) => {
    await using server = await serve((_, response) => {
      if (server.requests.length === 1) cutOff(response, 100_000, headers)
      else send(response, bytes, headers)
    })
    await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'temporary' })
    expect(await fetchFrom(server.url('/'))).toMatchObject({ file: { sha256 } })
    expect(server.requests[1]?.headers.range).toBeUndefined()
  },
)

test.each([
  ['another place', { 'Content-Range': 'bytes 7-299999/300000' }, 206],
  ['no place at all', {}, 206],
  ['nothing', { 'Content-Range': 'bytes */300000' }, 416],
])('a server that goes on at %s is asked again for all of it', async (_, headers, status) => {
  await using server = await serve((request, response) => {
    if (server.requests.length === 1) cutOff(response, 100_000, { ETag: '"v1"' })
    else if (request.headers.range) response.writeHead(status, headers).end('wrong')
    else send(response, bytes, { ETag: '"v1"' })
  })
  for (const _ of [1, 2]) await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({ kind: 'temporary' })
  expect(await fetchFrom(server.url('/'))).toMatchObject({ file: { sha256 } })
})

test.each([
  ['gzip', gzipSync(bytes)],
  ['deflate', deflateSync(bytes)],
])('a body that comes packed with %s all the same is unpacked', async (encoding, body) => {
  await using server = await serve((_, response) =>
    send(response, body, { 'Content-Encoding': encoding, ETag: '"v1"' }),
  )
  const done = await fetchFrom(server.url('/'))
  expect(done).toMatchObject({ file: { sha256 } })
  expect(validator).toBeNull()
  expect(await readFile(join(directory, 'a', 'file.part'))).toEqual(bytes)
})

// Brotli too: a Node that the app comes with decodes it unsafely.
test.each([
  ['secret', bytes],
  ['br', brotliCompressSync(bytes)],
  ['BR', brotliCompressSync(bytes)],
])('the content encoding %s is refused (CVE-2026-111497)', async (encoding, body) => {
  await using server = await serve((_, response) => send(response, body, { 'Content-Encoding': encoding }))
  await expect(fetchFrom(server.url('/'))).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining(encoding.toLowerCase()),
  })
  expect(await part().size()).toBe(0)
})

test('a file that the caller has is not sent again', async () => {
  await using server = await serve((request, response) =>
    request.headers['if-none-match'] === '"v1"' ? response.writeHead(304).end() : send(response, bytes),
  )
  expect(await fetchFrom(server.url('/'), { knownTag: '"v1"' })).toBe('unchanged')
  expect(await fetchFrom(server.url('/'), { knownTag: '"v0"' })).toMatchObject({ file: { sha256 } })
})

test.each([
  ['attachment; filename="my model.onnx"', 'my model.onnx'],
  ['attachment; filename=plain.onnx', 'plain.onnx'],
  ["attachment; filename=x; filename*=UTF-8''%C3%A4.onnx", 'ä.onnx'],
  ['attachment; filename="../../evil.onnx"', 'evil.onnx'],
  ['inline', 'in address.onnx'],
])('the file of %s is called %s', async (disposition, name) => {
  await using server = await serve((_, response) => send(response, bytes, { 'Content-Disposition': disposition }))
  expect(await fetchFrom(server.url('/x/in%20address.onnx?token=1'))).toMatchObject({ name })
})
