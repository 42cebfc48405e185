import { rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LinkRequest } from '../../../src-contract/contract/functions/link.ts'
import { ada, bob, filesBelow } from '../testing/test-cabinet.ts'
import { later, model, send, sha256 } from './testing/linked-cabinet.ts'
import { oneLinkedCabinet } from './testing/one-linked-cabinet.ts'

const { body, failureOf, link, linked, messageOf, reaches, sendModel, statusOf } = oneLinkedCabinet()

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
  const before = linked().cabinet.events.latestId()
  expect(() => link({ Path: join(linked().context.directory, 'token') }, bob)).toThrow('scope admin')
  expect(linked().cabinet.events.latestId()).toBe(before)
})

test('a link into an unknown catalogue leaves nothing', () => {
  const before = linked().cabinet.events.latestId()
  const Catalogues = ['14f08006-6d7c-4d2c-8e37-5d1f6f5a2b10']
  expect(() => link({ Url: linked().server.url('/m').href, Catalogues })).toThrow('no catalogue')
  expect(linked().cabinet.events.latestId()).toBe(before)
})

test.each([
  [401, 'sign-in'],
  [404, 'not found'],
  [410, 'removed'],
])('an answer %i ends the link for good, with a sentence, and leaves no model behind', async (status, words) => {
  linked().answer = (_, response) => void response.writeHead(status).end()
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  expect(await failureOf(UUID)).toContain(words)
  expect(linked().server.requests).toHaveLength(1)
})

test('a server in trouble is tried a bounded number of times', async () => {
  linked().answer = (_, response) => void response.writeHead(500).end()
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('Gave up after 3 attempts')
  expect(linked().server.requests).toHaveLength(3)
})

test('what is no model ends with a sentence that says what it is, and leaves nothing', async () => {
  linked().answer = (_, response) => void send(response, Buffer.from('<!doctype html><title>Sign in</title>'))
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  expect(await failureOf(UUID)).toContain('web page')
  expect(await filesBelow(join(linked().context.directory, 'fetching'))).toEqual([])
})

test('a file over the limit is refused', async () => {
  linked().answer = (_, response) => void send(response, Buffer.alloc(1_000_001))
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  expect(await failureOf(UUID)).toContain('1,000,000')
})

test('a link answers at once and becomes a function like any other', async () => {
  const release = Promise.withResolvers<void>()
  linked().answer = async (request, response) => {
    await release.promise
    sendModel(request, response)
  }
  const { UUID: catalogue } = linked().cabinet.catalogues.create(ada, { Name: 'Linked' })
  const Url = linked().server.url('/models/detector.onnx').href
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
    .poll(() => linked().cabinet.jobs.list()[0])
    .toMatchObject({ Kind: 'fetch', State: 'done', Unit: 'bytes', Done: size, Total: size })
  expect(await filesBelow(join(linked().context.directory, 'fetching'))).toEqual([])
})

test('a download that is cut off goes on by itself where it was', async () => {
  const ranges: (string | undefined)[] = []
  linked().answer = ({ headers }, response) => {
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
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  const first = await begun.promise
  await expect.poll(() => linked().cabinet.jobs.list()[0]?.Done).toBe(50)
  first.socket?.destroy()
  await reaches(UUID, 'ok')
  expect(ranges).toEqual([undefined, 'bytes=50-'])
  expect(body(UUID).Downloads[0]?.Sha256).toBe(sha256(model))
})

test('a download goes on after a restart', async () => {
  linked().answer = (_, response) => {
    response.writeHead(200, { 'Content-Length': model.length })
    response.write(model.subarray(0, 10))
  }
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await expect.poll(() => linked().server.requests.length).toBe(1)
  linked().cabinet = await linked().context.reopen()
  expect(statusOf(UUID)).toBe('downloading')
  linked().answer = sendModel
  await expect.poll(() => linked().server.requests.length).toBe(2)
  // The first answer after the restart may still be the one that stands still.
  const [job] = linked().cabinet.jobs.list()
  if (job?.State === 'running' && statusOf(UUID) !== 'ok') {
    linked().cabinet.jobs.pause(ada, job.UUID)
    linked().cabinet.jobs.resume(ada, job.UUID)
  }
  await reaches(UUID, 'ok')
})

test('without a network a link waits, says so, and goes on when asked or by itself', async () => {
  linked().away = true
  linked().answer = sendModel
  const { UUID } = link({ Url: `http://models.example:${linked().server.port}/m.onnx` })
  await expect.poll(() => messageOf(UUID)).toContain('no network')
  expect(statusOf(UUID)).toBe('downloading')
  await expect.poll(() => linked().cabinet.jobs.list()[0]?.State).toBe('waiting')
  for (const _ of [1, 2, 3]) {
    linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
    await expect.poll(() => messageOf(UUID)).toContain('no network')
    await expect.poll(() => linked().cabinet.jobs.list()[0]?.State).toBe('waiting')
  }
  linked().away = false
  expect(linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true }).body.Status).toBe('downloading')
  await reaches(UUID, 'ok')
  expect(
    linked()
      .cabinet.jobs.list()
      .filter(({ State }) => State === 'waiting'),
  ).toEqual([])
})

test('fetching again asks for what is new only', async () => {
  linked().answer = ({ headers }, response) => {
    if (headers['if-none-match'] === '"v1"') response.writeHead(304).end()
    else sendModel({} as IncomingMessage, response)
  }
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await reaches(UUID, 'ok')
  const { revision } = linked().cabinet.functions.get(UUID)
  linked().cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'ok')
  expect(linked().cabinet.jobs.list()[0]).toMatchObject({ State: 'done', Result: { Changed: false } })
  expect(linked().cabinet.functions.get(UUID).revision).toBe(revision)

  linked().answer = (_, response) => void send(response, later, { ETag: '"v2"' })
  linked().cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).Downloads[0]?.Sha256).toBe(sha256(later))
  await reaches(UUID, 'ok')
  expect(body(UUID).SyncInformation.ETag).toBe('"v2"')
  expect(linked().cabinet.functions.history(UUID).rows[0]).toMatchObject({ By: 'Bob', File: { Sha256: sha256(later) } })
})

test('a file that was fetched once stays when fetching again fails', async () => {
  linked().answer = sendModel
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await reaches(UUID, 'ok')
  linked().answer = (_, response) => void response.writeHead(404).end()
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(body(UUID).Downloads).toHaveLength(1)
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: false })
  expect(body(UUID)).toMatchObject({ Status: 'ok', SyncInformation: {} })
  expect(() => linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })).toThrow('not linked')
})

/** A server that begins an answer and then stands still. */
function hang(): void {
  linked().answer = (_, response) => {
    response.writeHead(200, { 'Content-Length': model.length })
    response.write(model.subarray(0, 10))
  }
}

test('unlinking ends a download under way', async () => {
  hang()
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await expect.poll(() => linked().server.requests.length).toBe(1)
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: false })
  expect(body(UUID)).toMatchObject({ Status: 'new', SyncInformation: {} })
  expect(linked().cabinet.jobs.list()[0]?.State).toBe('cancelled')
})

test('cancelling the job says so at the function; deleting the function cancels the job, and it is not called so when it is back', async () => {
  hang()
  const { UUID } = link({ Url: linked().server.url('/m.onnx').href })
  await expect.poll(() => linked().server.requests.length).toBe(1)
  linked().cabinet.jobs.cancel(bob, linked().cabinet.jobs.list()[0]?.UUID ?? '')
  expect(body(UUID)).toMatchObject({ Status: 'error', SyncInformation: { Message: 'The download was cancelled.' } })
  await expect.poll(() => filesBelow(join(linked().context.directory, 'fetching'))).toEqual([])
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await expect.poll(() => linked().server.requests.length).toBe(2)
  linked().cabinet.functions.remove(ada, UUID)
  expect(linked().cabinet.jobs.list()[0]?.State).toBe('cancelled')
  linked().cabinet.functions.undelete(ada, UUID)
  expect(body(UUID)).toMatchObject({
    Status: 'error',
    SyncInformation: { Message: expect.stringContaining('Fetch it again') },
  })
})

test('a file of this machine is read again when asked, and its absence is told', async () => {
  const path = join(linked().context.directory, 'outside.onnx')
  await writeFile(path, model)
  const { UUID } = link({ Path: path, Name: 'My model' })
  await reaches(UUID, 'ok')
  expect(body(UUID)).toMatchObject({ Name: 'My model', SyncInformation: { Kind: 'Path', Path: path } })
  await writeFile(path, later)
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).Downloads[0]?.Sha256).toBe(sha256(later))
  await reaches(UUID, 'ok')
  expect(() => linked().cabinet.links.update(bob, UUID, { EdgeImpulse: true })).toThrow('scope admin')
  await rm(path)
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('There is no file')
})
