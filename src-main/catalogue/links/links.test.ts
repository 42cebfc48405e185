import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LinkRequest } from '../../../src-contract/link.ts'
import { serve, type TestServer } from '../../network/testing/serve.ts'
import type { Cabinet } from '../cabinet.ts'
import { ada, bob, filesBelow, modelBytes, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

const model = modelBytes(1)
const later = modelBytes(2)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let context: TestCabinet
let cabinet: Cabinet
let server: TestServer
let answer: (request: IncomingMessage, response: ServerResponse) => void

let away = false

beforeAll(async () => {
  server = await serve((request, response) => answer(request, response))
  context = await openTestCabinet({
    fixed: { maxUploadSize: 1_000_000 },
    links: {
      rules: {
        reach: () => true,
        edgeImpulse: server.url('/v1'),
        resolve: (_, reply) =>
          away
            ? reply(Object.assign(new Error('away'), { code: 'EAI_AGAIN' }), [])
            : reply(null, [{ address: '127.0.0.1', family: 4 }]),
      },
      retry: { tries: 3, base: 1, cap: 5, offline: 60_000 },
    },
  })
  cabinet = context.cabinet
})
beforeEach(() => {
  server.requests.length = 0
})
afterAll(async () => {
  await context.remove()
  await server[Symbol.asyncDispose]()
})

const send = (response: ServerResponse, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  response.writeHead(200, { 'Content-Length': String(bytes.length), ...headers }).end(bytes)
const sendModel = (_: IncomingMessage, response: ServerResponse) => void send(response, model, { ETag: '"v1"' })
const body = (uuid: string) => cabinet.functions.get(uuid).body
const statusOf = (uuid: string) => body(uuid).Status
const reaches = (uuid: string, status: string) =>
  expect.poll(() => [statusOf(uuid), messageOf(uuid)]).toEqual([status, status === 'ok' ? '' : expect.any(String)])
const messageOf = (uuid: string) => body(uuid).SyncInformation.Message
const link = (request: unknown, caller = ada) => cabinet.links.add(caller, LinkRequest.parse(request)).body

test.each([
  ['nothing', {}],
  ['two kinds', { Url: 'http://a.example/m', Path: '/m.onnx' }],
  ['another scheme', { Url: 'ftp://a.example/m.onnx' }],
  ['a script', { Url: 'javascript:alert(1)' }],
  ['no address', { Url: 'm.onnx' }],
  ['a key with a line break', { EdgeImpulse: { ApiKey: 'ei_1\r\nHost: x', ProjectID: 1 } }],
  ['a project that is a path', { EdgeImpulse: { ApiKey: 'ei_1', ProjectID: '1/../2' } }],
])('a link of %s is refused', (_, request) => {
  expect(LinkRequest.safeParse(request).success).toBe(false)
})

test('only admins link files of this machine', () => {
  const before = cabinet.events.latestId()
  expect(() => link({ Path: join(context.directory, 'token') }, bob)).toThrow('scope admin')
  expect(cabinet.events.latestId()).toBe(before)
})

test('a link into an unknown catalogue leaves nothing', () => {
  const before = cabinet.events.latestId()
  const Catalogues = ['14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10']
  expect(() => link({ Url: server.url('/m').href, Catalogues })).toThrow('no catalogue')
  expect(cabinet.events.latestId()).toBe(before)
})

test.each([
  [401, 'sign-in'],
  [404, 'no such file'],
  [410, 'removed'],
])('an answer %i ends the link for good, with a sentence', async (status, words) => {
  answer = (_, response) => void response.writeHead(status).end()
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain(words)
  expect(server.requests).toHaveLength(1)
})

test('a server in trouble is tried a bounded number of times', async () => {
  answer = (_, response) => void response.writeHead(500).end()
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('tried 3 times')
  expect(server.requests).toHaveLength(3)
})

test('what is no model ends as an error that says what it is', async () => {
  answer = (_, response) => void send(response, Buffer.from('<!doctype html><title>Sign in</title>'))
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('web page')
  expect(body(UUID).Downloads).toEqual([])
  expect(await filesBelow(join(context.directory, 'fetching'))).toEqual([])
})

test('a file over the limit is refused', async () => {
  answer = (_, response) => void send(response, Buffer.alloc(1_000_001))
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('1,000,000')
})

test('a link answers at once and becomes a function like any other', async () => {
  const release = Promise.withResolvers<void>()
  answer = async (request, response) => {
    await release.promise
    sendModel(request, response)
  }
  const { UUID: catalogue } = cabinet.catalogues.create(ada, { Name: 'Linked' })
  const Url = server.url('/models/detector.onnx').href
  const function_ = link({ Url, Catalogues: [catalogue] }, bob)
  expect(function_).toMatchObject({
    Name: 'detector',
    Status: 'downloading',
    SyncInformation: { Kind: 'Url', Url, DownloadedAt: null, ETag: null, Message: '' },
    Catalogues: [{ UUID: catalogue }],
  })
  release.resolve()
  const { UUID } = function_
  await reaches(UUID, 'ok')
  expect(body(UUID)).toMatchObject({
    NamedInput: [expect.anything()],
    Downloads: [{ Name: 'detector.onnx', Sha256: sha256(model) }],
    SyncInformation: { ETag: '"v1"', DownloadedAt: expect.any(String), Message: '' },
  })
  const size = model.length
  await expect
    .poll(() => cabinet.jobs.list()[0])
    .toMatchObject({ Kind: 'fetch', State: 'done', Unit: 'bytes', Done: size, Total: size })
  expect(await filesBelow(join(context.directory, 'fetching'))).toEqual([])
})

test('a download that is cut off goes on by itself where it was', async () => {
  const ranges: (string | undefined)[] = []
  answer = ({ headers }, response) => {
    ranges.push(headers.range)
    const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0)
    const rest = model.subarray(from)
    response.writeHead(from ? 206 : 200, {
      ETag: '"v1"',
      'Content-Length': rest.length,
      ...(from && { 'Content-Range': `bytes ${from}-${model.length - 1}/${model.length}` }),
    })
    if (from > 0) response.end(rest)
    else response.write(rest.subarray(0, 50), () => begun.resolve(response))
  }
  const begun = Promise.withResolvers<ServerResponse>()
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  const first = await begun.promise
  await expect.poll(() => cabinet.jobs.list()[0]?.Done).toBe(50)
  first.socket?.destroy()
  await reaches(UUID, 'ok')
  expect(ranges).toEqual([undefined, 'bytes=50-'])
  expect(body(UUID).Downloads[0]?.Sha256).toBe(sha256(model))
})

test('a download goes on after a restart', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'Content-Length': model.length })
    response.write(model.subarray(0, 10))
  }
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await expect.poll(() => server.requests.length).toBe(1)
  cabinet = await context.reopen()
  expect(statusOf(UUID)).toBe('downloading')
  answer = sendModel
  await expect.poll(() => server.requests.length).toBe(2)
  // The first answer after the restart may still be the one that stands still.
  const [job] = cabinet.jobs.list()
  if (job?.State === 'running' && statusOf(UUID) !== 'ok') {
    cabinet.jobs.pause(ada, job.UUID)
    cabinet.jobs.resume(ada, job.UUID)
  }
  await reaches(UUID, 'ok')
})

test('without a network a link waits, says so, and goes on when asked or by itself', async () => {
  away = true
  answer = sendModel
  const { UUID } = link({ Url: `http://models.example:${server.port}/m.onnx` })
  await expect.poll(() => messageOf(UUID)).toContain('no network')
  expect(statusOf(UUID)).toBe('downloading')
  await expect.poll(() => cabinet.jobs.list()[0]?.State).toBe('waiting')
  for (const _ of [1, 2, 3]) {
    cabinet.links.update(ada, UUID, { EdgeImpulse: true })
    await expect.poll(() => messageOf(UUID)).toContain('no network')
    await expect.poll(() => cabinet.jobs.list()[0]?.State).toBe('waiting')
  }
  away = false
  expect(cabinet.links.update(ada, UUID, { EdgeImpulse: true }).body.Status).toBe('downloading')
  await reaches(UUID, 'ok')
  expect(cabinet.jobs.list().filter(({ State }) => State === 'waiting')).toEqual([])
})

test('fetching again asks for what is new only', async () => {
  answer = ({ headers }, response) => {
    if (headers['if-none-match'] === '"v1"') response.writeHead(304).end()
    else sendModel({} as IncomingMessage, response)
  }
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'ok')
  const { revision } = cabinet.functions.get(UUID)
  cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'ok')
  expect(cabinet.jobs.list()[0]).toMatchObject({ State: 'done', Result: { Changed: false } })
  expect(cabinet.functions.get(UUID).revision).toBe(revision)

  answer = (_, response) => void send(response, later, { ETag: '"v2"' })
  cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).Downloads[0]?.Sha256).toBe(sha256(later))
  await reaches(UUID, 'ok')
  expect(body(UUID).SyncInformation.ETag).toBe('"v2"')
  expect(cabinet.functions.history(UUID)[0]).toMatchObject({ By: 'Bob', File: { Sha256: sha256(later) } })
})

test('a file that was fetched once stays when fetching again fails', async () => {
  answer = sendModel
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await reaches(UUID, 'ok')
  answer = (_, response) => void response.writeHead(404).end()
  cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(body(UUID).Downloads).toHaveLength(1)
  cabinet.links.update(ada, UUID, { EdgeImpulse: false })
  expect(body(UUID)).toMatchObject({ Status: 'ok', SyncInformation: {} })
  expect(() => cabinet.links.update(ada, UUID, { EdgeImpulse: true })).toThrow('not linked')
})

/** A server that begins an answer and then stands still. */
function hang(): void {
  answer = (_, response) => {
    response.writeHead(200, { 'Content-Length': model.length })
    response.write(model.subarray(0, 10))
  }
}

test('unlinking ends a download under way', async () => {
  hang()
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await expect.poll(() => server.requests.length).toBe(1)
  cabinet.links.update(ada, UUID, { EdgeImpulse: false })
  expect(body(UUID)).toMatchObject({ Status: 'new', SyncInformation: {} })
  expect(cabinet.jobs.list()[0]?.State).toBe('cancelled')
})

test('cancelling the job says so at the function; deleting the function cancels the job', async () => {
  hang()
  const { UUID } = link({ Url: server.url('/m.onnx').href })
  await expect.poll(() => server.requests.length).toBe(1)
  cabinet.jobs.cancel(bob, cabinet.jobs.list()[0]?.UUID ?? '')
  expect(body(UUID)).toMatchObject({ Status: 'error', SyncInformation: { Message: 'The download was cancelled.' } })
  await expect.poll(() => filesBelow(join(context.directory, 'fetching'))).toEqual([])
  cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await expect.poll(() => server.requests.length).toBe(2)
  cabinet.functions.remove(ada, UUID)
  expect(cabinet.jobs.list()[0]?.State).toBe('cancelled')
  expect(cabinet.functions.undelete(ada, UUID).body.Status).toBe('downloading')
})

/** Everything that anybody could read of a cabinet, and everything that lies on its disk but the key. */
async function readableOf(uuid: string): Promise<string> {
  const answers = [
    body(uuid),
    cabinet.functions.history(uuid),
    cabinet.jobs.list(),
    cabinet.events.audit({ limit: 1_000 }),
    cabinet.events.since(0),
  ]
  await cabinet.close()
  const bytes = await Promise.all((await filesBelow(context.directory)).map((path) => readFile(path, 'latin1')))
  cabinet = await context.reopen()
  return JSON.stringify(answers) + bytes.join('')
}

test('what is secret in an address is sent, and neither shown nor stored in clear', async () => {
  answer = sendModel
  const Url = `http://ann:p%40ss-w0rd@127.0.0.1:${server.port}/m.onnx?version=3&token=s3cr3t-t0k3n`
  const { UUID } = link({ Url })
  await reaches(UUID, 'ok')
  const [request] = server.requests
  expect(request?.url).toBe('/m.onnx?version=3&token=s3cr3t-t0k3n')
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('ann:p@ss-w0rd').toString('base64')}`)
  expect(body(UUID).SyncInformation.Url).toBe(`http://127.0.0.1:${server.port}/m.onnx?version=3&token=***`)
  expect(await readableOf(UUID)).not.toMatch(/s3cr3t-t0k3n|p%40ss-w0rd|p@ss-w0rd/)
})

const key = 'ei_0123456789abcdef'

/** Answers as Edge Impulse's API does, as far as it is described. */
function edgeImpulse(
  deployments: { deploymentVersion: number; deploymentFormat: string }[],
  downloads: unknown[] = [],
) {
  return ({ url, headers }: IncomingMessage, response: ServerResponse) => {
    const json = (value: unknown) => send(response, Buffer.from(JSON.stringify(value)))
    if (headers['x-api-key'] !== key) {
      return json({ success: false, error: `Invalid API key ${headers['x-api-key']}` })
    }
    if (url === '/v1/api/7') return json({ success: true, project: { id: 7, name: 'Water hammer detection' } })
    if (url?.startsWith('/v1/api/7/deployment/history?')) return json({ success: true, deployments })
    if (url === '/v1/api/7/downloads') return json({ success: true, downloads })
    if (/^\/v1\/api\/7\/(deployment\/history\/\d+\/download|learn-data\/4\/model\/onnx)$/.test(url ?? ''))
      return send(response, model)
    return response.writeHead(404).end()
  }
}
const edgeImpulseLink = (ApiKey = key) => ({ EdgeImpulse: { ApiKey, ProjectID: '7' } })

test('an Edge Impulse project becomes a function with its newest ONNX deployment, and its name', async () => {
  const deployments = [
    { deploymentVersion: 3, deploymentFormat: 'onnx' },
    { deploymentVersion: 4, deploymentFormat: 'onnx' },
    { deploymentVersion: 5, deploymentFormat: 'arduino' },
  ]
  answer = edgeImpulse(deployments)
  const { UUID, Name } = link(edgeImpulseLink(), bob)
  expect(Name).toBe('Edge Impulse project 7')
  await reaches(UUID, 'ok')
  expect(body(UUID)).toMatchObject({
    Name: 'Water hammer detection',
    SyncInformation: { Kind: 'EdgeImpulse', ProjectID: 7, ETag: 'deployment 4' },
  })
  const before = server.requests.length
  cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => cabinet.jobs.list()[0]).toMatchObject({ State: 'done', Result: { Changed: false } })
  expect(server.requests.slice(before).map(({ url }) => url)).not.toContainEqual(expect.stringContaining('/download'))
  cabinet = await context.reopen()
  deployments.push({ deploymentVersion: 6, deploymentFormat: 'onnx' })
  cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).SyncInformation.ETag).toBe('deployment 6')
  expect(await readableOf(UUID)).not.toContain(key)
})

test('without an ONNX deployment the ONNX file of a block is taken, and without any of them a sentence says what to do', async () => {
  answer = edgeImpulse(
    [{ deploymentVersion: 9, deploymentFormat: 'zip' }],
    [
      { name: 'Training data', type: 'NPY file', link: '/api/7/raw-data/training/x' },
      { name: 'NN Classifier model', type: 'ONNX model', link: '/api/7/learn-data/4/model/onnx' },
    ],
  )
  const { UUID } = link(edgeImpulseLink())
  await reaches(UUID, 'ok')
  expect(server.requests.at(-1)?.url).toBe('/v1/api/7/learn-data/4/model/onnx')

  answer = edgeImpulse([])
  const empty = link(edgeImpulseLink()).UUID
  await reaches(empty, 'error')
  expect(messageOf(empty)).toContain('Build a deployment')
})

test('a key that Edge Impulse does not take is never repeated, also where the answer repeats it', async () => {
  answer = edgeImpulse([])
  const { UUID } = link(edgeImpulseLink('ei_wrong-key-9876'))
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toBe('Edge Impulse refused: Invalid API key ***')
  expect(await readableOf(UUID)).not.toContain('ei_wrong-key-9876')
})

test.each([
  ['sealed on another machine', () => rm(join(context.directory, 'key'))],
  ['that did not come along with an export', () => withoutSecrets()],
])('a key %s cannot be read, and the link says so', async (_, lose) => {
  answer = edgeImpulse([{ deploymentVersion: 1, deploymentFormat: 'onnx' }])
  const { UUID } = link(edgeImpulseLink())
  await reaches(UUID, 'ok')
  await cabinet.close()
  await lose()
  cabinet = await context.reopen()
  server.requests.length = 0
  cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('Link the function again')
  expect(server.requests).toEqual([])
})

async function withoutSecrets(): Promise<void> {
  const database = new Database(join(context.directory, 'cabinet.db'))
  database.exec('UPDATE link SET secret = NULL')
  database.close()
}

test('a file of this machine is read again when asked, and its absence is told', async () => {
  const path = join(context.directory, 'outside.onnx')
  await writeFile(path, model)
  const { UUID } = link({ Path: path, Name: 'My model' })
  await reaches(UUID, 'ok')
  expect(body(UUID)).toMatchObject({ Name: 'My model', SyncInformation: { Kind: 'Path', Path: path } })
  await writeFile(path, later)
  cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).Downloads[0]?.Sha256).toBe(sha256(later))
  await reaches(UUID, 'ok')
  expect(() => cabinet.links.update(bob, UUID, { EdgeImpulse: true })).toThrow('scope admin')
  await rm(path)
  cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('There is no file')
})
