import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { ada, bob, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { type DocumentedOperation, readDocument } from '../testing/document.ts'
import { openTestApi, type TestApi, withJson } from '../testing/test-api.ts'
import { jsonFor } from './hide-paths.ts'

// Protects what a machine says of its owner: where files lie is told to administrators alone, whatever object or sentence it stands in.

const reader: Caller = { name: 'Rita', scope: 'read' }

describe('a sentence', () => {
  it.each([
    ['It was at /tmp/My models/a. b/net (1).onnx.', 'It was at a place on this computer.'],
    ['The file “/tmp/x.onnx” is lost.', 'The file “a place on this computer”.'],
    ['Started watching /tmp/models', 'Started watching a place on this computer'],
    [
      '“net”: Its file no longer exists: /tmp/a b/net.onnx. If it appears again, it is found.',
      '“net”: Its file no longer exists: a place on this computer.',
    ],
    ['Fetched C:\\Users\\ada\\net.onnx', 'Fetched a place on this computer'],
    ['\\\\server\\share\\net.onnx is not a file.', 'a place on this computer.'],
    // Names in which a sentence seems to end.
    ['Lost: /tmp/a. Secret; ”secret”\nsecret/net.onnx', 'Lost: a place on this computer'],
    ['Started watching /tmp', 'Started watching a place on this computer'],
    ['Load model from:/tmp/secret failed', 'Load model from:a place on this computer'],
    ['file:///tmp/secret', 'a place on this computer'],
    [
      'GET /functions, /nowhere/Conv_output_0, https://example.org/tmp/x, and/or 1/2',
      'GET /functions, /nowhere/Conv_output_0, https://example.org/tmp/x, and/or 1/2',
    ],
  ])('%s', (sentence, shown) => {
    expect(JSON.parse(jsonFor(bob, { Message: sentence }))).toEqual({ Message: shown })
    expect(JSON.parse(jsonFor(ada, { Message: sentence }))).toEqual({ Message: sentence })
    // What a person wrote stays as it is.
    expect(JSON.parse(jsonFor(bob, { Documentation: sentence }))).toEqual({ Documentation: sentence })
  })

  it.each([
    { Summary: 'Watched /gone/secret' },
    { Title: 'Fetching /gone/secret' },
    { What: '/gone/secret' },
    { What: 'net', Message: 'There is no file /gone/secret.' },
    { Kind: 'Path', Message: 'There is no file /gone/secret.' },
    { State: 'missing', Message: '“/gone/secret” is no folder' },
  ])('about files names no folder that this machine does not have: %j', (said) => {
    expect(jsonFor(bob, said)).not.toContain('secret')
    expect(jsonFor(ada, said)).toContain('secret')
  })

  it('about a model keeps the names of its tensors and addresses', () => {
    const said = [
      { State: 'failed', Reason: 'invalid', Message: 'The input /model/x is missing.' },
      { Kind: 'Url', Message: 'Fetched from https://example.org/a/b.onnx (1/2) and/or more.' },
    ]
    expect(JSON.parse(jsonFor(bob, said))).toEqual(said)
  })
})

describe('of a cabinet with files in folders', () => {
  let api: TestApi
  let folder: string
  let operations: DocumentedOperation[]
  const uuids: Record<string, string> = {}
  beforeAll(async () => {
    api = await openTestApi()
    folder = await mkdtemp(join(tmpdir(), 'secret place '))
    operations = readDocument((await api.ask('/openapi.json?private=true')).body).operations
    await mkdir(join(folder, 'in'))
    await writeFile(join(folder, 'in', 'kept.onnx'), modelBytes(1))
    await writeFile(join(folder, 'in', 'lost.onnx'), modelBytes(2))
    await writeFile(join(folder, 'in', 'broken.onnx'), 'no model')
    const begun = async (path: string, body: unknown) => Object((await api.ask(path, withJson('POST', body))).body).UUID
    const done = (uuid: string) =>
      vi.waitFor(async () => expect(Object((await api.ask(`/jobs/${uuid}`)).body).State).toMatch(/done|failed/), {
        timeout: 30_000,
      })
    uuids.job = await begun('/admin/import', { Paths: [join(folder, 'in')], Mode: 'reference' })
    await done(uuids.job ?? '')
    const linked = await begun('/functions/link', { Path: join(folder, 'in', 'kept.onnx'), Name: 'linked' })
    await begun('/functions/link', { Path: join(folder, 'nowhere.onnx'), Name: 'nowhere' })
    await done(await begun('/admin/backup', { Path: join(folder, 'backup') }))
    await api.ask('/admin/watches', withJson('POST', { Path: join(folder, 'in') }))
    const rows = Object((await api.ask('/functions?Limit=10')).body)
    uuids.lost = Object.values<{ Name: string; UUID: string }>(rows).find(({ Name }) => Name === 'lost')?.UUID ?? ''
    uuids.linked = linked
    await rm(join(folder, 'in', 'lost.onnx'))
    await api.ask(`/function/${uuids.lost}/download/lost.onnx`)
    await api.ask(`/function/${linked}`, { method: 'DELETE' })
  })
  afterAll(async () => {
    await api.remove()
    await rm(folder, { recursive: true, force: true })
  })

  const places = () => [folder, api.cabinet.dataDirectory, ...(homedir().length > 1 ? [`${homedir()}/`] : [])]

  it.each([reader, { ...bob }])('shows no place to $scope', async (caller) => {
    let shown = 0
    for (const { method, path } of operations) {
      if (method !== 'GET' || path === '/events') continue
      for (const uuid of [uuids.job, uuids.lost, uuids.linked]) {
        const at = path
          .replace('{uuid}', uuid ?? '')
          .replace('{other}', uuids.lost ?? '')
          .replace('{name}', 'lost.onnx')
        const { status, body } = await api.ask(at, {}, caller)
        const text = JSON.stringify(body)
        if (status === 200) shown += 1
        for (const place of places()) expect(`${at}: ${text}`).not.toContain(place)
      }
    }
    expect(shown).toBeGreaterThan(30)
  })

  it('and to an administrator all of them', async () => {
    for (const path of [
      '/functions?Limit=10',
      '/functions',
      `/function/${uuids.lost}`,
      '/functions/trash',
      '/jobs',
      `/jobs/${uuids.job}`,
    ]) {
      expect(JSON.stringify((await api.ask(path)).body)).toContain(folder)
    }
  })

  const filter = (given: Record<string, string>) => `/functions?Limit=10&${new URLSearchParams(given)}`
  const word = () => folder.slice(folder.lastIndexOf(' ') + 1)

  it('and no search, filter, bulk change or export finds one out', async () => {
    const asked = async (path: string, init: RequestInit = {}, caller: Caller = bob) => {
      const { status, body } = await api.ask(path, init, caller)
      return { status, body: JSON.stringify(body) }
    }
    const found = await asked(filter({ q: word() }), {}, ada)
    expect(found.body).toContain('kept')
    for (const q of [word(), `${word()} kept`, `${word().slice(0, 3)}`]) {
      expect(await asked(filter({ q }))).toEqual({ status: 200, body: '[]' })
    }
    // Nothing is left out by what nothing is found by.
    expect((await asked(filter({ 'Not.q': word() }))).body).toContain('kept')
    const counted = await asked('/functions/counts', withJson('POST', { Lists: [{ q: word() }] }))
    expect(counted.body).toContain('"Count":0')
    const Change = { Set: { Starred: true } }
    for (const [path, init] of [
      [filter({ Path: folder })],
      [filter({ 'Not.Path': folder })],
      ['/functions/counts', withJson('POST', { Lists: [{ Path: folder }] })],
      ['/functions/bulk', withJson('POST', { Filter: { Path: folder }, Change })],
      ['/functions/bulk', withJson('POST', { All: true, Except: { Filter: { Path: folder } }, Change })],
    ] as const) {
      const { status, body } = await asked(path, init)
      expect({ path, status, body }).toEqual({ path, status: 403, body: expect.stringContaining('filter by Path') })
      expect((await asked(path, init, ada)).status).toBeLessThan(300)
    }
  })

  it('in events neither', async () => {
    const heard = async (caller: Caller) => {
      const { body } = await api.app.request('/events', { headers: { 'Last-Event-ID': '0' } }, { caller })
      const stream = body?.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      while (!text.includes('function.deleted')) text += (await stream?.read())?.value ?? ''
      await stream?.cancel()
      return text
    }
    expect(await heard(ada)).toContain(folder)
    const text = await heard(reader)
    for (const place of places()) expect(text).not.toContain(place)
  })
})
