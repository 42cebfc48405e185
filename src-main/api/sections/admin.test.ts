import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Job } from '../../../src-contract/contract/admin/job.ts'
import { NewToken } from '../../../src-contract/contract/admin/token.ts'
import { ada, bob, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withJson } from '../testing/test-api.ts'

// Protects the cabinet's keys: who may administer, what a token may do, and that a revoked one may nothing.

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})

const bearer = (secret: string) => ({ headers: { Authorization: `Bearer ${secret}` } })

async function madeToken(Scope: string): Promise<NewToken> {
  const { body } = await api.ask('/admin/tokens', withJson('POST', { Name: `for ${Scope}`, Scope }))
  return NewToken.parse(body)
}

async function finished(body: unknown): Promise<Job> {
  const { UUID } = Job.parse(body)
  await expect
    .poll(async () => (await api.ask(`/jobs/${UUID}`)).body)
    .toMatchObject({ State: expect.stringMatching(/^(?:done|failed)$/) })
  return Job.parse((await api.ask(`/jobs/${UUID}`)).body)
}

describe('a token', () => {
  it.each([
    ['read', 200, 403, 403],
    ['write', 200, 200, 403],
    ['admin', 200, 200, 200],
  ])('of scope %s may do so much', async (scope, read, write, admin) => {
    const { headers } = bearer((await madeToken(scope)).Secret)
    expect((await api.ask('/functions', { headers }, null)).status).toBe(read)
    const body = withJson('POST', { Name: `by ${scope}` }, headers)
    expect((await api.ask('/catalogues', body, null)).status).toBe(write)
    expect((await api.ask('/admin/health', { headers }, null)).status).toBe(admin)
  })

  it('that was revoked may nothing, nor may what was signed for it', async () => {
    const token = await madeToken('write')
    const signIn = await api.ask(
      '/auth/authenticate/signin',
      withJson('POST', { Email: 'ada@example.org', Password: token.Secret }),
      null,
    )
    const { RefreshToken } = Object(signIn.body)
    const refresh = { method: 'POST', ...bearer(RefreshToken) }
    const { AccessToken } = Object((await api.ask('/auth/authenticate/refresh-token', refresh, null)).body)
    expect((await api.ask('/functions', bearer(AccessToken), null)).status).toBe(200)
    expect((await api.ask(`/admin/tokens/${token.UUID}`, { method: 'DELETE' })).status).toBe(200)
    for (const secret of [token.Secret, AccessToken, RefreshToken]) {
      expect((await api.ask('/functions', bearer(secret), null)).status).toBe(401)
    }
    expect((await api.ask('/auth/authenticate/refresh-token', refresh, null)).status).toBe(401)
  })

  it('is listed without its secret', async () => {
    const { Secret, UUID } = await madeToken('read')
    const { body } = await api.ask('/admin/tokens')
    expect(body).toEqual(expect.arrayContaining([expect.objectContaining({ UUID, Name: 'for read' })]))
    expect(JSON.stringify(body)).not.toContain(Secret)
  })
})

describe("the cloud's sign-in", () => {
  it('gives signed tokens of less than 400 bytes, each for its own use', async () => {
    const { Secret } = await madeToken('read')
    const signIn = await api.ask('/auth/authenticate/signin', withJson('POST', { Email: 'x', Password: Secret }), null)
    expect(JSON.stringify(signIn.body).length).toBeLessThan(400)
    const { RefreshToken } = Object(signIn.body)
    expect((await api.ask('/functions', bearer(RefreshToken), null)).status).toBe(401)
    const again = withJson('POST', { GrantType: 'RefreshToken' }, bearer(RefreshToken).headers)
    const renewed = await api.ask('/auth/authenticate/refresh-token', again, null)
    expect(Object.keys(Object(renewed.body))).toEqual(['RefreshToken'])
  })

  it('refuses a wrong password in words', async () => {
    const init = withJson('POST', { Email: 'x', Password: 'wrong' })
    const { status, body } = await api.ask('/auth/authenticate/signin', init, null)
    expect(status).toBe(401)
    expect(body).toMatchObject({
      AuthorizationInvalid: true,
      Message: expect.stringContaining('token of this cabinet'),
    })
  })
})

describe('administration', () => {
  it('tells who changed what', async () => {
    await api.ask('/admin/organisation', withJson('PATCH', { Name: 'The lab' }))
    expect((await api.ask('/admin/organisation')).body).toMatchObject({ Name: 'The lab' })
    const { body } = await api.ask('/admin/audit?Limit=1')
    expect(body).toMatchObject([
      { Kind: 'organisation.renamed', By: 'Ada', Change: [{ Field: 'Name', Before: 'My models', After: 'The lab' }] },
    ])
    expect((await api.ask('/admin/audit?Before=1')).body).toEqual([])
  })

  it('imports files by their path, for administrators alone', async () => {
    const path = join(api.directory, 'to-import.onnx')
    await writeFile(path, modelBytes(50))
    const init = withJson('POST', { Paths: [path] })
    expect((await api.ask('/admin/import', init, bob)).status).toBe(403)
    const job = await finished((await api.ask('/admin/import', init)).body)
    expect(job).toMatchObject({ Kind: 'import', State: 'done', Done: 1, Failures: [] })
    expect((await api.ask('/functions?q=to-import&Limit=5')).body).toMatchObject([{ Name: 'to-import' }])
  })

  it('verifies, and changes many functions at once', async () => {
    expect(await finished((await api.ask('/admin/verify', { method: 'POST' })).body)).toMatchObject({ State: 'done' })
    const bulk = { Filter: { q: 'to-import' }, Change: { Set: { Starred: true } } }
    const job = await finished((await api.ask('/functions/bulk', withJson('POST', bulk), bob)).body)
    expect(job).toMatchObject({ State: 'done', Done: 1 })
    expect((await api.ask('/functions?Starred=true&Limit=5')).body).toMatchObject([{ Name: 'to-import' }])
  })

  it.each(['/admin/export', '/functions/bulk'])('%s says what is meant before it is done', async (path) => {
    const asked = async () => (await api.ask('/functions?Limit=1000')).body
    const [before, jobs] = [await asked(), (await api.ask('/jobs')).body]
    const request = (choice: object) =>
      withJson('POST', { ...choice, DryRun: true, ...(path === '/functions/bulk' && { Change: { Delete: true } }) })
    expect((await api.ask(path, request({ Filter: { q: 'to-import' } }))).body).toEqual({
      Total: 1,
      Sample: [{ Name: 'to-import', UUID: expect.any(String) }],
    })
    for (let index = 0; index < 21; index++) await api.cabinet.functions.create(ada, { Name: `some ${index}` }, {})
    const { Total, Sample } = Object((await api.ask(path, request({ All: true }))).body)
    expect(Total).toBeGreaterThan(20)
    expect(Sample).toHaveLength(20)
    expect((await api.ask(path, request({ Filter: { q: '***' } }))).status).toBe(422)
    await finished(
      (await api.ask('/functions/bulk', withJson('POST', { Filter: { q: 'some' }, Change: { Delete: true } }))).body,
    )
    expect(await asked()).toEqual(before)
    expect(Object((await api.ask('/jobs')).body)).toHaveLength(Object(jobs).length + 1)
  })

  it('exports the whole cabinet as a zip', async () => {
    const response = await api.app.request('/admin/export', {}, { caller: ada })
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.zip"$/)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
  })

  it('exports functions that are too many for an address, but for those that are gone', async () => {
    const rows = z.array(z.object({ UUID: z.string() })).parse((await api.ask('/functions?Limit=1000')).body)
    const gone = Array.from({ length: 2_000 }, () => randomUUID())
    const choice = withJson('POST', { Functions: [...gone, ...rows.map(({ UUID }) => UUID)] })
    expect((await api.ask('/admin/export', choice, bob)).status).toBe(403)
    const { status, body } = await api.ask('/admin/export', choice)
    expect({ status, body }).toMatchObject({ status: 200, body: { Count: rows.length } })
    const response = await api.app.request(`/admin/export/${Object(body).UUID}`, {}, { caller: ada })
    expect(response.headers.get('content-type')).toBe('application/zip')
    const path = join(api.directory, 'chosen.zip')
    await writeFile(path, Buffer.from(await response.arrayBuffer()))
    const job = await finished((await api.ask('/admin/import', withJson('POST', { Paths: [path] }))).body)
    expect(job).toMatchObject({ State: 'done', Failures: [] })

    const all = withJson('POST', { All: true, Except: { Functions: rows.slice(1).map(({ UUID }) => UUID) } })
    expect((await api.ask('/admin/export', all)).body).toMatchObject({ Count: 1 })
    expect((await api.ask('/admin/export', withJson('POST', { Functions: gone }))).status).toBe(422)
    expect((await api.ask('/admin/export', withJson('POST', { Filter: { Size: 'big' } }))).status).toBe(422)
    // Nobody who asks for the models of a search gets the whole cabinet.
    expect(await api.ask('/admin/export?q=***')).toMatchObject({
      status: 422,
      body: { Message: expect.stringContaining('no word') },
    })
    expect((await api.ask(`/admin/export/${gone[0]}`)).status).toBe(404)
  })

  it.each(['/admin/export', '/functions/bulk'])(
    '%s takes as many UUIDs as it says, and of more says what to do',
    async (path) => {
      const many = (count: number) => Array.from({ length: count }, () => randomUUID())
      const choose = (choice: object) =>
        api.ask(
          path,
          withJson('POST', { ...choice, ...(path === '/functions/bulk' && { Change: { Undelete: true } }) }),
        )
      const most = many(100_000)
      const { status, body } = await choose({ Functions: most, Except: { Functions: most } })
      // None is left, which is another matter.
      expect(Object(body).Field).toBeUndefined()
      expect(status).not.toBe(413)
      const advice = expect.stringContaining('choose more by Filter')
      expect(await choose({ Functions: many(100_001) })).toMatchObject({
        status: 422,
        body: { Field: { Name: 'Functions' }, Message: advice },
      })
      expect(await choose({ Functions: many(230_000) })).toMatchObject({ status: 413, body: { Message: advice } })
    },
  )

  it('tells how the cabinet is', async () => {
    expect((await api.ask('/admin/health')).body).toMatchObject({ Database: { State: 'ok' } })
  })
})

describe('a watched folder', () => {
  it('is watched until it is removed, for administrators alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'watched-'))
    await writeFile(join(folder, 'appeared.onnx'), modelBytes(52))
    const init = withJson('POST', { Path: folder })
    expect((await api.ask('/admin/watches', init, bob)).status).toBe(403)
    const { status, body } = await api.ask('/admin/watches', init)
    expect(status).toBe(200)
    await expect
      .poll(async () => (await api.ask('/functions?q=appeared&Limit=5')).body)
      .toMatchObject([{ Name: 'appeared' }])
    expect((await api.ask('/admin/watches')).body).toMatchObject([{ Path: folder }])
    const { UUID } = Object(body)
    expect((await api.ask(`/admin/watches/${UUID}`, { method: 'DELETE' })).status).toBe(200)
    expect((await api.ask('/admin/watches')).body).toEqual([])
    await rm(folder, { recursive: true, force: true })
  })
})

describe('a link', () => {
  it('by path is for administrators alone', async () => {
    const path = join(api.directory, 'linked.onnx')
    await writeFile(path, modelBytes(51))
    const init = withJson('POST', { Path: path, Name: 'linked' })
    expect((await api.ask('/functions/link', init, bob)).status).toBe(403)
    const { status, body } = await api.ask('/functions/link', init)
    expect(status).toBe(200)
    expect(body).toMatchObject({ Name: 'linked', Status: 'downloading' })
    const { UUID } = Object(body)
    await expect.poll(async () => (await api.ask(`/function/${UUID}`)).body).toMatchObject({ Status: 'ok' })
    const unlinked = await api.ask(`/function/${UUID}/link`, withJson('PATCH', { EdgeImpulse: false }))
    expect(unlinked).toMatchObject({ status: 200, body: { SyncInformation: {}, Status: 'ok' } })
    expect((await api.ask(`/function/${UUID}/link`, withJson('PATCH', { EdgeImpulse: true }))).status).toBe(409)
  })

  it('of two kinds at once is refused', async () => {
    const init = withJson('POST', { Path: '/a', Url: 'https://example.org/a.onnx' })
    expect((await api.ask('/functions/link', init)).status).toBe(422)
  })
})

describe('events', () => {
  it('are told as they happen, and resumed after the one that was seen last', async () => {
    const response = await api.app.request('/events', {}, { caller: ada })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const next = async (text: string) => {
      let heard = ''
      while (!heard.includes(text)) {
        const chunk = await reader?.read()
        if (!chunk || chunk.done) throw new Error('the stream ended')
        heard += chunk.value
      }
      return heard
    }
    await next(':')
    await api.ask('/catalogues', withJson('POST', { Name: 'heard' }))
    const heard = await next('catalogue.created')
    await reader?.cancel()
    const id = Number(/id: (\d+)/.exec(heard)?.[1])
    const resumed = await api.app.request('/events', { headers: { 'Last-Event-ID': String(id - 1) } }, { caller: ada })
    const again = resumed.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes(`id: ${id}\n`)) text += (await again?.read())?.value ?? ''
    await again?.cancel()
    expect(text).toContain('“heard”')
  })

  it('are resumed from far back, each once and in order, however many there are', async () => {
    const from = api.cabinet.events.latestId()
    const { UUID } = api.cabinet.catalogues.create(ada, { Name: 'renamed' })
    for (let at = 0; at < 2_500; at++) api.cabinet.catalogues.rename(ada, UUID, { Name: `renamed ${at}` })
    const headers = { 'Last-Event-ID': String(from) }
    const { status, body } = await api.app.request('/events', { headers }, { caller: ada })
    expect(status).toBe(200)
    const ids: number[] = []
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    while (ids.length < 2_501) {
      const { value = '' } = (await reader?.read()) ?? {}
      const page = [...value.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
      // All at once would be in memory for as long as a slow reader takes.
      expect(page.length).toBeLessThanOrEqual(1_000)
      ids.push(...page)
    }
    await reader?.cancel()
    expect(ids).toEqual(Array.from({ length: 2_501 }, (_, at) => from + 1 + at))
  })
})

describe('the example models', () => {
  it('are imported as any model, and run', async () => {
    const job = await finished((await api.ask('/admin/examples', { method: 'POST' })).body)
    expect(job).toMatchObject({ State: 'done', Result: { Imported: 2, Refused: 0 } })
    for (const q of ['edges', 'three_tones']) {
      await expect
        .poll(async () => (await api.ask(`/functions?Limit=2&q=${q}`)).body)
        .toMatchObject([{ Status: 'ok', Runs: true }])
    }
  })
})

describe('a look at a file', () => {
  it('reports on it and imports nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'look-'))
    const path = join(folder, 'looked-at.onnx')
    await writeFile(path, modelBytes(77))
    const before = (await api.ask('/functions?Limit=1&q=looked')).body
    const { status, body } = await api.ask('/admin/inspect', withJson('POST', { Path: path }))
    expect(status).toBe(200)
    expect(body).toMatchObject({ Format: 'onnx', FileSize: modelBytes(77).length })
    expect((await api.ask('/functions?Limit=1&q=looked')).body).toEqual(before)

    await writeFile(path, 'no model')
    for (const [Path, sentence] of [
      [path, /looked-at\.onnx is not an ONNX model/],
      [folder, /is not a file/],
      [join(folder, 'gone.onnx'), /does not exist/],
      ['here.onnx', /not an absolute path/],
    ] as const) {
      const refused = await api.ask('/admin/inspect', withJson('POST', { Path }))
      expect(refused.status).toBe(422)
      expect(Object(refused.body).Message).toMatch(sentence)
    }
    await rm(folder, { recursive: true })
  })
})
