import { readFile, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { serve } from '../../network/testing/serve.ts'
import { finished } from '../jobs/testing/finished.ts'
import { ada, bob, filesBelow } from '../testing/test-cabinet.ts'
import { model, send } from './testing/linked-cabinet.ts'
import { oneLinkedCabinet } from './testing/one-linked-cabinet.ts'

// What a link is opened with is a secret: it is used, and neither shown nor stored in clear.

const { body, link, linked, messageOf, reaches, sendModel } = oneLinkedCabinet()

/** Everything that anybody could read of a cabinet, and everything that lies on its disk but the key. */
async function readableOf(uuid: string): Promise<string> {
  const answers = [
    body(uuid),
    linked().cabinet.functions.history(uuid),
    linked().cabinet.jobs.list(),
    linked().cabinet.events.audit({ limit: 1_000 }),
    linked().cabinet.events.since(0),
  ]
  await linked().cabinet.close()
  const bytes = await Promise.all(
    (await filesBelow(linked().context.directory)).map((path) => readFile(path, 'latin1')),
  )
  linked().cabinet = await linked().context.reopen()
  return JSON.stringify(answers) + bytes.join('')
}

test('what is secret in an address is sent, and neither shown nor stored in clear', async () => {
  linked().answer = sendModel
  const Url = `http://ann:p%40ss-w0rd@127.0.0.1:${linked().server.port}/m.onnx?version=3&token=s3cr3t-t0k3n`
  const { UUID } = link({ Url })
  await reaches(UUID, 'ok')
  const [request] = linked().server.requests
  expect(request?.url).toBe('/m.onnx?version=3&token=s3cr3t-t0k3n')
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('ann:p@ss-w0rd').toString('base64')}`)
  expect(body(UUID).SyncInformation.Url).toBe(`http://127.0.0.1:${linked().server.port}/m.onnx?version=3&token=***`)
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
  linked().answer = edgeImpulse(deployments)
  const { UUID, Name } = link(edgeImpulseLink(), bob)
  expect(Name).toBe('Edge Impulse project 7')
  await reaches(UUID, 'ok')
  expect(body(UUID)).toMatchObject({
    Name: 'Water hammer detection',
    SyncInformation: { Kind: 'EdgeImpulse', ProjectID: 7, ETag: 'deployment 4' },
  })
  const before = linked().server.requests.length
  linked().cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => linked().cabinet.jobs.list()[0]).toMatchObject({ State: 'done', Result: { Changed: false } })
  expect(
    linked()
      .server.requests.slice(before)
      .map(({ url }) => url),
  ).not.toContainEqual(expect.stringContaining('/download'))
  linked().cabinet = await linked().context.reopen()
  deployments.push({ deploymentVersion: 6, deploymentFormat: 'onnx' })
  linked().cabinet.links.update(bob, UUID, { EdgeImpulse: true })
  await expect.poll(() => body(UUID).SyncInformation.ETag).toBe('deployment 6')
  expect(await readableOf(UUID)).not.toContain(key)
})

test('without an ONNX deployment the ONNX file of a block is taken, and without any of them a sentence says what to do', async () => {
  linked().answer = edgeImpulse(
    [{ deploymentVersion: 9, deploymentFormat: 'zip' }],
    [
      { name: 'Training data', type: 'NPY file', link: '/api/7/raw-data/training/x' },
      { name: 'NN Classifier model', type: 'ONNX model', link: '/api/7/learn-data/4/model/onnx' },
    ],
  )
  const { UUID } = link(edgeImpulseLink())
  await reaches(UUID, 'ok')
  expect(linked().server.requests.at(-1)?.url).toBe('/v1/api/7/learn-data/4/model/onnx')

  linked().answer = edgeImpulse([])
  const empty = link(edgeImpulseLink()).UUID
  await reaches(empty, 'error')
  expect(messageOf(empty)).toContain('Build a deployment')
})

test('a key that Edge Impulse does not take is never repeated, also where the answer repeats it', async () => {
  linked().answer = edgeImpulse([])
  const { UUID } = link(edgeImpulseLink('ei_wrong-key-9876'))
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toBe('Edge Impulse refused: Invalid API key ***')
  expect(await readableOf(UUID)).not.toContain('ei_wrong-key-9876')
})

test.each([
  ['sealed on another machine', () => rm(join(linked().context.directory, 'key'))],
  ['that did not come along with an export', () => withoutSecrets()],
])('a key %s cannot be read, and the link says so', async (_, lose) => {
  linked().answer = edgeImpulse([{ deploymentVersion: 1, deploymentFormat: 'onnx' }])
  const { UUID } = link(edgeImpulseLink())
  await reaches(UUID, 'ok')
  await linked().cabinet.close()
  await lose()
  linked().cabinet = await linked().context.reopen()
  linked().server.requests.length = 0
  linked().cabinet.links.update(ada, UUID, { EdgeImpulse: true })
  await reaches(UUID, 'error')
  expect(messageOf(UUID)).toContain('Link the function again')
  expect(linked().server.requests).toEqual([])
})

async function withoutSecrets(): Promise<void> {
  const database = new Database(join(linked().context.directory, 'cabinet.db'))
  database.exec('UPDATE link SET secret = NULL')
  database.close()
}

test('the token of a server is sent to just its origin, kept encrypted, and in no backup', async () => {
  await using other = await serve((_, response) => void send(response, model))
  linked().answer = ({ url }, response) => {
    if (url === '/gated.onnx') response.writeHead(302, { Location: other.url('/m.onnx').href }).end()
    else response.writeHead(404).end()
  }
  const { hostTokens } = linked().cabinet.links
  const { origin } = linked().server.url('/')
  hostTokens.set(ada, { Origin: origin, Token: 'hf_gated-s3cret' })
  const { UUID } = link({ Url: linked().server.url('/gated.onnx').href })
  await reaches(UUID, 'ok')
  expect(linked().server.requests[0]?.headers.authorization).toBe('Bearer hf_gated-s3cret')
  expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  expect(hostTokens.list()).toEqual([{ Origin: origin }])
  expect(await readableOf(UUID)).not.toContain('hf_gated-s3cret')

  const backup = join(linked().context.directory, '..', `backup-${UUID}`)
  await finished(linked().cabinet, linked().cabinet.jobs.startBackup(ada, { Path: backup }))
  const copy = new Database(join(backup, 'cabinet.db'), { readonly: true })
  expect(copy.prepare("SELECT count(*) FROM setting WHERE name LIKE 'host-token%'").pluck().get()).toBe(0)
  copy.close()
  await rm(backup, { recursive: true })
  linked().cabinet.links.hostTokens.remove(ada, origin)
  expect(linked().cabinet.links.hostTokens.list()).toEqual([])
})
