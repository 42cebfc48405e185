import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withForm, withJson } from '../api/testing/test-api.ts'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { openTestPort, type TestPort } from './testing/test-port.ts'

// Protects the cabinet from whatever comes in: each mistake gets its status and a sentence, leaves nothing behind on disk or
// in the database, and does not disturb the next request.

let port: TestPort
beforeAll(async () => {
  port = await openTestPort({ fixed: { maxUploadSize: 100_000 } })
})
afterAll(() => port.remove())

let before: unknown
beforeEach(async () => {
  before = await port.state()
})
afterEach(async () => {
  await expect.poll(() => port.state()).toEqual(before)
  expect((await fetch(`${port.opened.url}/status`)).status).toBe(200)
  expect(port.unexpected).toEqual([])
})

const model = modelBytes()
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const unknown = '11111111-2222-4333-8444-555555555555'
const file = (bytes: Uint8Array, name = 'model.onnx') =>
  withForm('POST', { file: { bytes: new Uint8Array(bytes), name } })

async function expectRefusal(response: Response, status: number, field?: string): Promise<void> {
  const body = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(status)
  expect(body).toMatchObject({ Message: expect.stringMatching(/^[\p{L}"“].{8,}\.$/su) })
  if (field) expect(body).toMatchObject({ Field: { Name: field } })
}

it('an address with as many UUIDs as the document allows is read', async () => {
  const uuids = Array.from({ length: 1_000 }, (_, at) => unknown.replace('5555', String(at).padStart(4, '0')))
  const repeated = uuids.map((uuid) => `Functions=${uuid}&LicensedCatalogue=${uuid}`).join('&')
  for (const query of [`Functions=${uuids.join('%2C')}`, repeated]) {
    const response = await port.fetch(`/functions?${query}`)
    expect([response.status, await response.json()]).toEqual([200, []])
  }
  await expectRefusal(await port.fetch(`/functions?Functions=${[...uuids, unknown].join()}`), 422, 'Functions')
})

describe('a file that is no model', () => {
  it.each([
    ['text', Buffer.from('Not a model at all.\n')],
    ['a picture', png],
    ['a model cut in the middle', model.subarray(0, model.length / 2)],
    ['nothing', Buffer.alloc(0)],
    ['an .ort file', Buffer.from('\x14\0\0\0ORTM\0\0\0\0\0\0\0\0', 'latin1')],
    ['a zip without a model', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
    ['a zip that is cut', Buffer.from('504b0304140000000800', 'hex')],
    ['zeros', Buffer.alloc(5_000)],
  ])('%s is refused with 422', async (_, bytes) => {
    await expectRefusal(await port.fetch('/functions', file(bytes)), 422, 'bundle')
  })

  it('larger than the limit is refused with 413', async () => {
    await expectRefusal(await port.fetch('/functions', file(Buffer.alloc(100_001))), 413)
  })

  it('far larger than the limit is refused with 413, and the client gets to read it', async () => {
    await expectRefusal(await port.fetch('/functions', file(Buffer.alloc(60_000_000))), 413)
  })
})

describe('a JSON body', () => {
  const driver = { InputDriver: 'vision', InputDriverDetails: {}, OutputDriver: 'vision', OutputDriverDetails: {} }
  it.each([
    ['a missing name', driver, 422, 'Name'],
    ['a name that is a number', { ...driver, Name: 5 }, 422, 'Name'],
    ['a blank name', { ...driver, Name: '  ' }, 422, 'Name'],
    ['a name of two lines', { ...driver, Name: 'a\nb' }, 422, 'Name'],
    ['a name with NUL', { ...driver, Name: 'a\0b' }, 422, 'Name'],
    ['a name with half a character', { ...driver, Name: 'a\ud800' }, 422, 'Name'],
    ['a name of 201 characters', { ...driver, Name: 'x'.repeat(201) }, 422, 'Name'],
    ['details that are a list', { ...driver, Name: 'a', InputDriverDetails: [] }, 422, 'InputDriverDetails'],
    ['an unknown key', { ...driver, Name: 'a', Nam: 'b' }, 422, 'Nam'],
    ['catalogues that are numbers', { ...driver, Name: 'a', Catalogues: [1] }, 422, 'Catalogues.0'],
    ['a catalogue by a name that none has', { ...driver, Name: 'a', Catalogues: ['x'] }, 422, 'Catalogues'],
    ['a catalogue that does not exist', { ...driver, Name: 'a', Catalogues: [unknown] }, 422, 'Catalogues'],
    ['a field that is a list', { ...driver, Name: 'a', Fields: { f: [] } }, 422, 'Fields.f'],
    ['a list', [], 422, undefined],
    ['null', null, 422, undefined],
  ])('with %s is refused', async (_, body, status, field) => {
    await expectRefusal(await port.fetch('/functions', withJson('POST', body)), status, field)
  })

  it.each([
    ['no JSON', '{"Name":', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['text', 'Name=a', 'text/plain', 415],
    ['a web form', 'Name=a', 'application/x-www-form-urlencoded', 415],
  ])('that is %s is refused', async (_, body, type, status) => {
    await expectRefusal(
      await port.fetch('/catalogues', { method: 'POST', body, headers: { 'Content-Type': type } }),
      status,
    )
  })

  it('that is no UTF-8 is refused with 400', async () => {
    const body = Buffer.from('{"Name":"\xff"}', 'latin1')
    await expectRefusal(
      await port.fetch('/catalogues', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }),
      400,
    )
  })

  it('that is compressed is refused with 415', async () => {
    const headers = { 'Content-Encoding': 'gzip' }
    await expectRefusal(
      await port.fetch('/catalogues', withJson('POST', { Name: 'a' }, headers)),
      415,
      'Content-Encoding',
    )
  })

  it('of 9 MB is refused with 413', async () => {
    await expectRefusal(await port.fetch('/catalogues', withJson('POST', { Name: 'x'.repeat(9_000_000) })), 413)
  })

  it('in chunks without an end is refused at its limit', async () => {
    const chunk = Buffer.alloc(1_000_000, ' ')
    const body = new ReadableStream({ pull: (stream) => stream.enqueue(chunk) })
    const init = { method: 'POST', body, duplex: 'half' as const, headers: { 'Content-Type': 'application/json' } }
    await expectRefusal(await port.fetch('/catalogues', init), 413)
  })
})

describe('a multipart body', () => {
  const boundary = 'frontier'
  const send = (body: string, type = `multipart/form-data; boundary=${boundary}`) =>
    port.fetch('/functions', { method: 'POST', body, headers: { 'Content-Type': type } })
  const part = (disposition: string, body: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`
  const end = `--${boundary}--\r\n`

  it.each([
    ['without a boundary', 'x', 'multipart/form-data', 400],
    ['without its end', part('name="data"', '{"Name":"a"}'), undefined, 400],
    ['with nothing in it', '', undefined, 400],
    ['with another boundary', '--other\r\n\r\nx\r\n--other--\r\n', undefined, 400],
    ['that ends inside a file', part('name="file"; filename="a.onnx"', 'x').slice(0, -2), undefined, 400],
    ['with an unknown part', part('name="model"', 'x') + end, undefined, 422],
    ['with a part without a name', part('filename="a.onnx"', 'x') + end, undefined, 400],
    ['with data that is no JSON', part('name="data"', '{') + end, undefined, 400],
    ['with data twice', part('name="data"', '{}') + part('name="object"', '{}') + end, undefined, 422],
    [
      'with two files',
      part('name="file"; filename="a"', 'a') + part('name="bundle"; filename="b"', 'b') + end,
      undefined,
      422,
    ],
    ['with wrong values', part('name="data"', '{"Name":7}') + end, undefined, 422],
    ['with a hundred parts', part('name="download"; filename="a"', 'x').repeat(100) + end, undefined, 413],
    ['with nine megabytes of data', part('name="data"', `{"Name":"${'x'.repeat(9_000_000)}"}`) + end, undefined, 413],
    ['with headers without end', `--${boundary}\r\nX: ${'x'.repeat(100_000)}\r\n\r\n\r\n${end}`, undefined, 400],
  ])('%s is refused', async (_, body, type, status) => {
    await expectRefusal(await send(body, type), status)
  })

  it('whose data is wrong is refused before the file is received', async () => {
    let sent = 0
    const head = part('name="data"', '{"Name":7}') + part('name="file"; filename="a.onnx"', '').slice(0, -2)
    const body = new ReadableStream({
      pull(stream) {
        sent += 1
        stream.enqueue(sent === 1 ? Buffer.from(head) : Buffer.alloc(10_000))
      },
    })
    const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
    await expectRefusal(await port.fetch('/functions', { method: 'POST', body, duplex: 'half', headers }), 422, 'Name')
  })
})

describe('a request', () => {
  it.each(['GET', 'DELETE', 'PATCH'])('%s for an unknown function is answered with 404', async (method) => {
    const init = method === 'PATCH' ? withJson(method, { Name: 'a' }) : { method }
    await expectRefusal(await port.fetch(`/function/${unknown}`, init), 404)
  })

  it.each(['GET', 'DELETE', 'PATCH'])('%s for an unknown catalogue is answered with 404', async (method) => {
    const init = method === 'PATCH' ? withJson(method, { Name: 'a' }) : { method }
    await expectRefusal(await port.fetch(`/catalogue/${unknown}`, init), 404)
  })

  it.each([
    ['/function/x', 'uuid'],
    [`/function/${unknown}?a=b`, 'a'],
    ['/functions?Limit=0', 'Limit'],
    ['/functions?Limit=1001', 'Limit'],
    ['/functions?Limit=ten', 'Limit'],
    ['/functions?Limit=1&Limit=2', 'Limit'],
    ['/functions?Offset=-1', 'Offset'],
    ['/functions?OrderBy=Weight', 'OrderBy'],
    ['/functions?OrderBy=Name,Name', 'OrderBy'],
    ['/functions?Status=fine', 'Status'],
    ['/functions?Catalogue=x', 'Catalogue'],
    ['/functions?Functions=x', 'Functions.0'],
    ['/functions?Width=wide', 'Width'],
    ['/functions?Width=20-10', 'Width'],
    ['/functions?limit=1', 'limit'],
    ['/functions?Field.=1', 'Field.'],
    ['/catalogues?Organisation=x', 'Organisation'],
    ['/configuration?x', 'x'],
  ])('%s is refused with 422 that names the parameter', async (path, field) => {
    await expectRefusal(await port.fetch(path), 422, field)
  })

  it.each([
    ['no token', {}],
    ['a wrong token', { Authorization: 'Bearer mc_wrong' }],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['a token that is a forged signature', { Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.' }],
  ])('with %s is refused with 401', async (_, headers) => {
    const response = await fetch(`${port.opened.url}/functions`, { ...file(model), headers })
    const body = await response.json()
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(body).toMatchObject({ AuthorizationInvalid: true, Message: expect.stringMatching(/\.$/) })
  })

  it.each([
    '/function/../../../etc/passwd',
    '/function/..%2f..%2f..%2fetc%2fpasswd',
    `/function/${unknown}/download/..%2f..%2ftoken`,
    '/assets/..%2f..%2ftoken',
    '/assets/../../token',
    '/..%5c..%5ctoken',
    '/token',
    '//token',
    '/%00',
  ])('for %s finds nothing', async (path) => {
    const own = `Host: 127.0.0.1:${port.opened.port}`
    const answer = await port.exchange(
      `GET ${path} HTTP/1.1\r\n${own}\r\nAuthorization: Bearer ${port.token}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 4(?:04|22|00) /)
    expect(answer).not.toContain('root:')
  })

  it('for an unknown path is answered with 404, under a wrong method with 405', async () => {
    await expectRefusal(await port.fetch('/nowhere'), 404)
    const response = await port.fetch('/functions', { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
    await expectRefusal(response, 405)
  })
})
