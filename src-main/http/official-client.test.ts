import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { openTestPort, type TestPort } from './testing/test-port.ts'

// Protects scripts that use the cloud's official Python client: its requests, byte for byte as it sends them through the
// library requests, get the answers that it looks for. Only the host is another.

let port: TestPort
beforeAll(async () => {
  port = await openTestPort()
})
afterAll(async () => {
  expect(port.unexpected).toEqual([])
  await port.remove()
})

type Answer = { status: number; type: string; body: unknown; length: number }

/** What `requests` puts before every body. */
async function send(line: string, headers: Record<string, string>, body: Uint8Array | string = ''): Promise<Answer> {
  const all = {
    Host: `127.0.0.1:${port.opened.port}`,
    'User-Agent': 'python-requests/2.31.0',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'close',
    ...headers,
    ...(body.length > 0 && { 'Content-Length': String(Buffer.byteLength(body)) }),
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const text = await port.exchange(
    Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), Buffer.from(body)]),
    {
      keepOpen: true,
    },
  )
  const [, status, rest = ''] = /^HTTP\/1\.1 (\d+) [^\r]*\r\n([\s\S]*)$/.exec(text) ?? []
  const end = rest.indexOf('\r\n\r\n')
  const received = rest.slice(end + 4)
  const content = /transfer-encoding: chunked/i.test(rest.slice(0, end)) ? unchunked(received) : received
  return {
    status: Number(status),
    type: /^content-type: (.*)$/im.exec(rest.slice(0, end))?.[1] ?? '',
    body: JSON.parse(content),
    length: content.length,
  }
}

function unchunked(text: string): string {
  const [, size = '0'] = /^([0-9a-f]+)\r\n/i.exec(text) ?? []
  const length = Number.parseInt(size, 16)
  const start = size.length + 2
  return length === 0 ? '' : text.slice(start, start + length) + unchunked(text.slice(start + length + 2))
}

const asJson = { 'Content-Type': 'application/json' }
const Uuid = z.looseObject({ UUID: z.string() })

/** `files={'data': (None, json.dumps(data)), 'file': (name, file, 'application/octet-stream')}` */
function upload(data: object, fileName: string, file: Uint8Array): { type: string; body: Buffer } {
  const boundary = '2fbd1f6ad7f24f1cbb24d24df2d7b4ce'
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="data"\r\n\r\n${JSON.stringify(data)}\r\n`),
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}

/** What its own functions send for a model, with the words that it puts where there is no documentation. */
const model = (Name: string) => ({
  Name,
  Alias: '',
  Documentation: '-- EMPTY --',
  InputDriver: 'vision',
  InputDriverDetails: {},
  OutputDriver: '',
  OutputDriverDetails: {},
  SourceName: null,
  SourceUrl: null,
})

async function signedIn(): Promise<Record<string, string>> {
  const credentials = JSON.stringify({ Email: 'ada@example.org', Password: port.token })
  const signIn = await send('POST /auth/authenticate/signin', asJson, credentials)
  const { RefreshToken } = z.looseObject({ RefreshToken: z.string() }).parse(signIn.body)
  const refresh = { ...asJson, Authorization: `Bearer ${RefreshToken}` }
  const { body } = await send('POST /auth/authenticate/refresh-token', refresh, '{}')
  const { AccessToken } = z.looseObject({ AccessToken: z.string() }).parse(body)
  return { Authorization: `Bearer ${AccessToken}` }
}

describe('the official client', () => {
  it('signs in, and reads when its tokens end', async () => {
    const credentials = JSON.stringify({ Email: 'ada@example.org', Password: port.token })
    const answer = await send('POST /auth/authenticate/signin', asJson, credentials)
    expect(answer).toMatchObject({ status: 200, type: expect.stringContaining('json') })
    // It takes nothing longer or shorter for a sign-in.
    expect(answer.length).toBeGreaterThan(10)
    expect(answer.length).toBeLessThan(400)
    const { RefreshToken } = z.object({ RefreshToken: z.string() }).parse(answer.body)
    const payload = JSON.parse(Buffer.from(RefreshToken.split('.')[1] ?? '', 'base64url').toString())
    expect(payload).toMatchObject({ sub: expect.any(String), exp: expect.any(Number) })

    const refresh = { ...asJson, Authorization: `Bearer ${RefreshToken}` }
    const renewed = await send('POST /auth/authenticate/refresh-token', refresh, '{"GrantType": "RefreshToken"}')
    expect(renewed.body).toEqual({ RefreshToken: expect.any(String) })
    expect(renewed.length).toBeLessThan(400)
  })

  it('is told in few words that its password is wrong', async () => {
    const answer = await send('POST /auth/authenticate/signin', asJson, '{"Email": "a@b.c", "Password": "wrong"}')
    expect(answer).toMatchObject({ status: 401, body: { Message: expect.any(String) } })
    expect(answer.length).toBeLessThan(400)
  })

  it.each(['', '/cpt'])('uploads, lists, reads, updates and deletes a model under "%s"', async (base) => {
    const authorised = await signedIn()
    const first = upload(model('detector'), 'detector.onnx', modelBytes(90))
    const made = await send(`POST ${base}/functions`, { ...authorised, 'Content-Type': first.type }, first.body)
    expect(made).toMatchObject({ status: 200, body: { Name: 'detector', Documentation: '-- EMPTY --', Status: 'ok' } })
    const { UUID } = Uuid.parse(made.body)

    const list = await send(`GET ${base}/functions`, authorised)
    expect(list).toMatchObject({ status: 200, type: expect.stringContaining('json') })
    expect(list.body).toEqual(expect.arrayContaining([expect.objectContaining({ UUID, DeviceCount: 0 })]))
    expect(JSON.stringify(list.body)).not.toContain('Downloads')

    const second = upload(model('detector 2'), 'detector.onnx', modelBytes(91))
    const changed = await send(
      `PATCH ${base}/function/${UUID}`,
      { ...authorised, 'Content-Type': second.type },
      second.body,
    )
    expect(changed).toMatchObject({ status: 200, body: { UUID, Name: 'detector 2' } })
    const read = await send(`GET ${base}/function/${UUID}`, authorised)
    expect(read).toMatchObject({ status: 200, body: { Name: 'detector 2', Source: { Name: null, Url: null } } })

    const removed = await send(`DELETE ${base}/function/${UUID}`, { ...authorised, 'Content-Length': '0' })
    expect(removed).toMatchObject({ status: 200, type: expect.stringContaining('json'), body: { Message: 'Done' } })
  })

  it('keeps its catalogues', async () => {
    const authorised = { ...(await signedIn()), ...asJson }
    const made = await send('POST /cpt/catalogues', authorised, '{"Name": "Vision"}')
    expect(made.status).toBe(200)
    const { UUID } = Uuid.parse(made.body)
    const renamed = await send(`PATCH /cpt/catalogue/${UUID}`, authorised, '{"Name": "Seeing"}')
    expect(renamed).toMatchObject({ status: 200, body: { Message: 'Done' } })
    const { body } = await send('GET /cpt/catalogues', authorised)
    expect(body).toMatchObject([{ UUID, Name: 'Seeing', Organisation: { Name: 'My models' } }])
    expect(await send(`DELETE /cpt/catalogue/${UUID}`, authorised)).toMatchObject({ body: { Message: 'Done' } })
  })

  it('reads statistics and configuration', async () => {
    const authorised = await signedIn()
    const statistics = await send('GET /cpt/functions/statistics', authorised)
    expect(statistics).toMatchObject({
      status: 200,
      body: { Total: expect.any(Number), NumberOfEvents: expect.any(Number) },
    })
    const configuration = await send('GET /cpt/configuration', authorised)
    expect(configuration).toMatchObject({ status: 200, body: { Features: expect.any(Object) } })
  })
})
