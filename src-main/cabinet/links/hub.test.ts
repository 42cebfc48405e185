import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LinkRequest } from '../../../src-contract/contract/functions/link.ts'
import { externalModel } from '../testing/external-model.ts'
import { ada, filesBelow, modelBytes } from '../testing/test-cabinet.ts'
import { model, send, sha256 } from './testing/linked-cabinet.ts'
import { oneLinkedCabinet } from './testing/one-linked-cabinet.ts'

// A link brings all files of a model, each as its server states it, and a repository of the Hub brings all of its models.

const { body, failureOf, link, linked, messageOf, reaches } = oneLinkedCabinet()

const commit = 'c'.repeat(40)
const weights = new Uint8Array(12).fill(9)
/** A repository as the Hub serves it: large files are redirected to another place, with their digest. */
const repository: Record<string, Uint8Array> = {
  'onnx/model.onnx': modelBytes(40, externalModel),
  'onnx/data/w.bin': weights,
  'onnx/model_quantized.onnx': modelBytes(41),
  'README.md': Buffer.from('card'),
}

function hub(change: (path: string, response: ServerResponse) => boolean = () => false) {
  return ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    if (change(url, response)) return
    const [, listed] = /^\/hub\/api\/models\/org\/net\/revision\/([^/]+)$/.exec(url) ?? []
    if (listed === 'main' || listed === 'v1') {
      return void send(
        response,
        Buffer.from(JSON.stringify({ siblings: Object.keys(repository).map((rfilename) => ({ rfilename })) })),
      )
    }
    const [, revision, file = ''] = /^\/hub\/org\/net\/resolve\/([^/]+)\/(.+)$/.exec(url) ?? []
    const bytes = repository[file]
    if (!bytes || !['main', 'v1', commit].includes(revision ?? '')) {
      const stored = Object.values(repository).find((one) => url === `/cdn/${sha256(one)}`)
      if (!stored) return void response.writeHead(404).end()
      const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0)
      const range = from > 0 ? { 'Content-Range': `bytes ${from}-${stored.length - 1}/${stored.length}` } : {}
      return void response
        .writeHead(from > 0 ? 206 : 200, { ETag: '"cdn"', 'Content-Length': stored.length - from, ...range })
        .end(stored.subarray(from))
    }
    response.writeHead(302, {
      Location: `/cdn/${sha256(bytes)}`,
      'X-Repo-Commit': commit,
      'X-Linked-ETag': `"${sha256(bytes)}"`,
      'X-Linked-Size': bytes.length,
    })
    response.end()
  }
}

const paths = () =>
  linked()
    .server.requests.map(({ url }) => url)
    .filter((url) => !url?.startsWith('/cdn/'))
const digests = (uuid: string) => body(uuid).Downloads.map(({ Location, Sha256 }) => [Location, Sha256])
const fetching = () => filesBelow(join(linked().context.directory, 'fetching'))

test.each(['hf://org', 'hf://org/../x', 'hf://org/net?x=1', 'hf:org/net', 'hf://org/ne t'])('%s is refused', (Url) => {
  expect(LinkRequest.safeParse({ Url }).success).toBe(false)
})

test('a model of the Hub comes with its data, all of one commit', async () => {
  linked().answer = hub()
  const { UUID, Name } = link({ Url: 'hf://org/net@v1/onnx/model.onnx' })
  expect(Name).toBe('net')
  await reaches(UUID, 'ok')
  expect(digests(UUID)).toEqual([
    [null, sha256(repository['onnx/model.onnx'] ?? weights)],
    ['data/w.bin', sha256(weights)],
  ])
  expect(body(UUID)).toMatchObject({
    Downloads: [{ Name: 'model.onnx' }, {}],
    SyncInformation: { Url: 'hf://org/net@v1/onnx/model.onnx' },
  })
  expect(paths()).toEqual(['/hub/org/net/resolve/v1/onnx/model.onnx', `/hub/org/net/resolve/${commit}/onnx/data/w.bin`])
  await expect.poll(() => body(UUID).Runs).toBe(true)
  expect(await fetching()).toEqual([])
})

test('a data file that breaks off goes on where it was, without the model again', async () => {
  const begun = Promise.withResolvers<ServerResponse>()
  let broken = false
  linked().answer = hub((url, response) => {
    if (broken || url !== `/cdn/${sha256(weights)}`) return false
    broken = true
    response.writeHead(200, { ETag: '"cdn"', 'Content-Length': weights.length })
    response.write(weights.subarray(0, 5), () => begun.resolve(response))
    return true
  })
  const { UUID } = link({ Url: 'hf://org/net/onnx/model.onnx' })
  const first = await begun.promise
  await expect.poll(() => linked().cabinet.jobs.list()[0]?.Done).toBe(5)
  first.socket?.destroy()
  await reaches(UUID, 'ok')
  expect(digests(UUID)[1]).toEqual(['data/w.bin', sha256(weights)])
  expect(paths().filter((url) => url?.endsWith('.onnx'))).toHaveLength(1)
  expect(linked().server.requests.at(-1)?.headers.range).toBe('bytes=5-')
})

test('bytes that are not those of the stated digest are never kept', async () => {
  linked().answer = hub((url, response) => {
    if (url !== `/cdn/${sha256(weights)}`) return false
    send(response, new Uint8Array(12).fill(1))
    return true
  })
  const { UUID } = link({ Url: 'hf://org/net/onnx/model.onnx' })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('does not have the SHA-256 that it states')
  expect(body(UUID).Downloads).toEqual([])
})

test('a repository brings all of its models; one that is not there leaves none', async () => {
  linked().answer = hub()
  const { signal } = new AbortController()
  const addAll = (Url: string) => linked().cabinet.links.addAll(ada, LinkRequest.parse({ Url }), signal)
  const { body: first } = await addAll('hf://org/net@v1')
  await reaches(first.UUID, 'ok')
  const names = async () => (await linked().cabinet.listing.list({ q: 'net' }, {})).rows.map(({ Name }) => Name)
  await expect.poll(names).toContain('net/model_quantized')
  const before = (await linked().cabinet.statistics({})).Total
  await expect(addAll('hf://org/none')).rejects.toMatchObject({
    code: 'invalid',
    field: 'Url',
    message: expect.stringContaining('org/none'),
  })
  linked().away = true
  await expect(linked().cabinet.links.addAll(ada, { Url: 'hf://org/net@gone' }, signal)).rejects.toMatchObject({
    field: 'Url',
  })
  linked().away = false
  expect(await failureOf(link({ Url: 'hf://org/net/none.onnx' }).UUID)).toContain('not found')
  expect((await linked().cabinet.statistics({})).Total).toBe(before)
})

test('a web address brings the data files next to it; what is not there is missing, and named', async () => {
  const answer =
    (given: Record<string, Uint8Array>) =>
    ({ url = '' }: IncomingMessage, response: ServerResponse) => {
      const bytes = given[url]
      if (bytes) send(response, bytes)
      else response.writeHead(404).end()
    }
  const graph = modelBytes(42, externalModel)
  linked().answer = answer({ '/models/m.onnx?download=1': graph, '/models/data/w.bin': weights })
  const { UUID } = link({ Url: linked().server.url('/models/m.onnx?download=1').href })
  await reaches(UUID, 'ok')
  expect(digests(UUID)).toEqual([
    [null, sha256(graph)],
    ['data/w.bin', sha256(weights)],
  ])
  linked().answer = answer({ '/alone/m.onnx': model, '/alone/n.onnx': modelBytes(43, externalModel) })
  const alone = link({ Url: linked().server.url('/alone/n.onnx').href })
  await reaches(alone.UUID, 'ok')
  expect(linked().cabinet.functions.inspection(alone.UUID).External).toMatchObject([{ State: 'missing' }])
  const told = () =>
    linked()
      .cabinet.jobs.list({ offset: 0, limit: 20 })
      .flatMap(({ Failures }) => Failures)
  await expect.poll(told).toContainEqual({ What: 'data/w.bin', Message: expect.stringContaining('404') })
})
