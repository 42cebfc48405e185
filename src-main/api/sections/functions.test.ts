import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { ada, bob, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects what scripts written for the cloud rely on: bodies, statuses and headers of operations 8, 9, 10 and 13.

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})

const silero = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx')
const driver = { InputDriver: 'vision', InputDriverDetails: {}, OutputDriver: 'vision', OutputDriverDetails: {} }
const bytesOf = (seed: number) => new Uint8Array(modelBytes(seed))

async function added(seed: number, data: object = {}): Promise<FunctionDetail> {
  const { body } = await api.ask(
    '/functions',
    withForm('POST', { data: JSON.stringify(data), file: { bytes: bytesOf(seed), name: `model-${seed}.onnx` } }),
  )
  return FunctionDetail.parse(body)
}

describe('adding a function', () => {
  it('by a real model tells its signature, and soon that it runs here', async () => {
    const bytes = await readFile(silero)
    const file = { bytes: new Uint8Array(bytes), name: 'silero_vad_v5.onnx' }
    const { status, body, headers } = await api.ask('/functions', withForm('POST', { file }))
    expect(status).toBe(200)
    const made = FunctionDetail.parse(body)
    expect(made).toMatchObject({ Name: 'silero_vad_v5', Status: 'ok', InputDriver: 'vision', Runs: null })
    expect(made.NamedInput).toEqual([
      { Name: 'input', DataType: 'float', Shape: [1, 1] },
      { Name: 'state', DataType: 'float', Shape: [2, 1, 128] },
      { Name: 'sr', DataType: 'int64', Shape: [] },
    ])
    expect(made.NamedOutput.map(({ Name }) => Name)).toEqual(['output', 'stateN'])
    expect(headers.get('etag')).toMatch(/^"1-/)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(made.Downloads).toMatchObject([{ MimeType: 'application/x-onnx', Size: bytes.length, Sha256: sha256 }])
    await expect.poll(async () => (await api.ask(`/function/${made.UUID}`)).body).toMatchObject({ Runs: true })
    const { body: report } = await api.ask(`/function/${made.UUID}/inspection`)
    expect(report).toMatchObject({ Format: 'onnx', FileSha256: sha256, Runtime: { State: 'ok' } })
  })

  it.each(['/functions', '/function', '/cpt/functions', '/cpt/function'])('works at %s in JSON', async (path) => {
    const { status, body } = await api.ask(path, withJson('POST', { ...driver, Name: path, Alias: null }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ Name: path, Status: 'new', Alias: '', Downloads: [], Code: { Size: 0 } })
  })

  it.each([
    ['data', 'file'],
    ['object', 'bundle'],
    ['data', 'bundle'],
  ])('takes the parts %s and %s', async (object, bundle) => {
    const { status, body } = await api.ask(
      '/functions',
      withForm('POST', {
        [bundle]: { bytes: bytesOf(7), name: 'x.onnx' },
        [object]: JSON.stringify({ Name: `by ${object} and ${bundle}` }),
      }),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({ Name: `by ${object} and ${bundle}`, Status: 'ok' })
  })

  it('takes files for other devices, which the list then finds', async () => {
    const { body } = await api.ask(
      '/functions',
      withForm('POST', {
        file: { bytes: bytesOf(8), name: 'x.onnx' },
        download: { bytes: new Uint8Array([1, 2, 3]), name: 'x.hef', type: 'application/x-onnx; device=hailo' },
      }),
    )
    const made = FunctionDetail.parse(body)
    expect(made.Downloads.map(({ MimeType }) => MimeType)).toContain('application/x-onnx; device=hailo')
    const { body: rows } = await api.ask('/functions?RuntimeArch=hailo&Limit=10')
    expect(rows).toMatchObject([{ UUID: made.UUID }])
  })

  it('needs more than a token that may read', async () => {
    const reader = { name: 'Rita', scope: 'read' as const }
    const { status, body } = await api.ask('/functions', withJson('POST', { ...driver, Name: 'a' }), reader)
    expect(status).toBe(403)
    expect(body).toMatchObject({ Message: expect.stringContaining('may read') })
  })
})

describe('a function', () => {
  it('that was read can be sent back with a change', async () => {
    const made = await added(20, { Name: 'before', Fields: { accuracy: 0.9 } })
    const { body } = await api.ask(`/function/${made.UUID}`)
    const { status, body: after } = await api.ask(
      `/function/${made.UUID}`,
      withJson('PATCH', { ...FunctionDetail.parse(body), Name: 'after' }),
    )
    expect(status).toBe(200)
    expect(after).toMatchObject({ Name: 'after', Fields: { accuracy: 0.9 }, UUID: made.UUID })
  })

  it('keeps the other custom fields where one is set or removed, up to the limit', async () => {
    const made = await added(22, { Fields: { version: '1.10', loss: 0.1 } })
    const change = async (Fields: object) =>
      (await api.ask(`/function/${made.UUID}`, withJson('PATCH', { Fields }))).body
    expect(await change({ commit: '1234e56', loss: null })).toMatchObject({
      Fields: { version: '1.10', commit: '1234e56' },
    })
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, at) => [`field ${at}`, at]))
    expect(await change(many)).toMatchObject({ Field: { Name: 'Fields' } })
    expect((await api.ask(`/function/${made.UUID}`)).body).toMatchObject({
      Fields: { version: '1.10', commit: '1234e56' },
    })
  })

  it('keeps every digit of a whole number, as text where a number would lose some', async () => {
    const Fields =
      '{"run":826459236498345632,"size":-9007199254740993,"small":9007199254740991,"rate":1e-05,"big":1e20}'
    const kept = { run: '826459236498345632', size: '-9007199254740993', small: 2 ** 53 - 1, rate: 1e-5, big: 1e20 }
    const made = await added(23)
    const init = { ...withJson('PATCH', {}), body: `{"Fields":${Fields}}` }
    expect((await api.ask(`/function/${made.UUID}`, init)).body).toMatchObject({ Fields: kept })
    const form = withForm('POST', { data: `{"Fields":${Fields}}`, file: { bytes: bytesOf(24), name: 'x.onnx' } })
    expect((await api.ask('/functions', form)).body).toMatchObject({ Fields: kept })
  })

  it('is changed key by key, a map as a whole, a file by multipart', async () => {
    const made = await added(21, { InputDriverDetails: { a: 1 }, Documentation: 'kept' })
    await api.ask(`/function/${made.UUID}`, withJson('PATCH', { InputDriverDetails: { b: 2 } }))
    const { body } = await api.ask(
      `/function/${made.UUID}`,
      withForm('PATCH', { data: '{"Alias":"new"}', file: { bytes: bytesOf(22), name: 'other.onnx' } }),
    )
    expect(body).toMatchObject({ InputDriverDetails: { b: 2 }, Documentation: 'kept', Alias: 'new' })
    const sha256 = createHash('sha256').update(bytesOf(22)).digest('hex')
    expect(body).toMatchObject({ Downloads: [{ Sha256: sha256 }] })
  })

  it('is not changed by whoever read an older one', async () => {
    const made = await added(23)
    const change = (ifMatch: string, alias: string) =>
      api.ask(`/function/${made.UUID}`, withJson('PATCH', { Alias: alias }, { 'If-Match': ifMatch }))
    expect((await change('"1"', 'first')).headers.get('etag')).toMatch(/^"2-/)
    const second = await change('"1"', 'second')
    expect(second.status).toBe(412)
    expect(second.body).toMatchObject({ Field: { Name: 'If-Match' } })
    expect((await change('W/"2"', 'weak')).status).toBe(412)
    expect((await change('nonsense', 'nonsense')).status).toBe(412)
    expect((await change('"7", "2"', 'one of two')).status).toBe(200)
    expect((await change('*', 'any')).status).toBe(200)
    const removal = await api.ask(`/function/${made.UUID}`, { method: 'DELETE', headers: { 'If-Match': '"1"' } })
    expect(removal.status).toBe(412)
    expect((await api.ask(`/function/${made.UUID}`)).body).toMatchObject({ Alias: 'any' })
  })

  it('goes to the trash and comes back', async () => {
    const made = await added(24)
    const removal = await api.ask(`/function/${made.UUID}`, { method: 'DELETE' }, bob)
    expect(removal).toMatchObject({ status: 200, body: { Message: 'Done' } })
    expect((await api.ask(`/function/${made.UUID}`)).status).toBe(404)
    expect((await api.ask('/functions/trash')).body).toMatchObject([{ UUID: made.UUID }])
    expect((await api.ask(`/function/${made.UUID}/undelete`, { method: 'POST' })).status).toBe(200)
    expect((await api.ask(`/function/${made.UUID}`)).status).toBe(200)
    const { body } = await api.ask(`/function/${made.UUID}/history`)
    expect(body).toMatchObject(expect.arrayContaining([expect.objectContaining({ By: ada.name })]))
  })

  it('is again what it was at a revision', async () => {
    const made = await added(25, { Name: 'one' })
    await api.ask(`/function/${made.UUID}`, withJson('PATCH', { Name: 'two' }))
    const { status, body } = await api.ask(`/function/${made.UUID}/restore`, withJson('POST', { Revision: 1 }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ Name: 'one' })
    const unknown = await api.ask(`/function/${made.UUID}/restore`, withJson('POST', { Revision: 99 }))
    expect(unknown).toMatchObject({ status: 404, body: { Field: { Name: 'Revision' } } })
  })
})

describe('a download', () => {
  it('is the file, with its digest, in parts and only when it changed', async () => {
    const made = await added(30)
    const bytes = Buffer.from(bytesOf(30))
    const url = made.Downloads[0]?.Url ?? ''
    const get = (headers: Record<string, string> = {}, method = 'GET') =>
      api.app.request(url, { method, headers }, { caller: ada })

    const whole = await get()
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
    const etag = whole.headers.get('etag') ?? ''
    expect(etag).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`)
    expect(whole.headers.get('content-length')).toBe(String(bytes.length))
    expect(whole.headers.get('content-disposition')).toContain("filename*=UTF-8''model-30.onnx")

    const part = await get({ Range: 'bytes=5-14' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 5-14/${bytes.length}`)
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(5, 15))).toBe(true)

    expect((await get({ 'If-None-Match': etag })).status).toBe(304)
    expect((await get({ Range: 'bytes=5-14', 'If-Range': '"other"' })).status).toBe(200)
    const beyond = await get({ Range: `bytes=${bytes.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${bytes.length}`)

    const head = await get({}, 'HEAD')
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
    expect(await head.text()).toBe('')
  })

  it('of an unknown name is not found', async () => {
    const made = await added(31)
    expect((await api.ask(`/function/${made.UUID}/download/other.onnx`)).status).toBe(404)
  })
})
