import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RUN_BASE, RUN_MOST } from '../../src-contract/contract/models/run-size.ts'
import { isNone, SMALL_BODY } from '../../src-contract/operations/operation.ts'
import { operations } from '../../src-contract/operations/operations.ts'
import { withForm } from '../api/testing/test-api.ts'
import { ada } from '../cabinet/testing/test-cabinet.ts'
import { buildModel } from '../onnx/testing/model-builder.ts'
import { identityOf } from '../runtime/testing/models.ts'
import { openTestPort, type TestPort } from './testing/test-port.ts'

// Protects the cabinet's memory: no operation takes in more than it can need, and what a run takes never passes through the cabinet.

let port: TestPort
let sized: string
let open: string
beforeAll(async () => {
  port = await openTestPort()
  sized = await added(identityOf('float', [2, 3]))
  open = await added(identityOf('float'))
})
afterAll(() => port.remove())

async function added(spec: Parameters<typeof buildModel>[0]): Promise<string> {
  const file = { bytes: new Uint8Array(buildModel(spec)), name: 'identity.onnx' }
  return Object(await (await port.fetch('/functions', withForm('POST', { file }))).json()).UUID
}

const json = { 'Content-Type': 'application/json' }
const padded = (text: string, size: number) => text + ' '.repeat(size - text.length)

/** In chunks, so that nothing says beforehand how much comes. */
function chunked(body: string): RequestInit {
  const stream = new Blob([body]).stream()
  return { body: stream, duplex: 'half' } as RequestInit
}

const withBody = Object.entries(operations).filter(([id, { body }]) => !isNone(body) && id !== 'runFunction')

it.each(withBody)('%s takes a body of its limit, and not a byte more', async (_, operation) => {
  const {
    method,
    path,
    bodyLimit: limit = SMALL_BODY,
  }: { method: string; path: string; bodyLimit?: number } = operation
  const at = path.replaceAll(/\{\w+\}/g, '11111111-2222-4333-8444-555555555555')
  const ask = (size: number, init: RequestInit = { body: padded('{"unknown":1}', size) }) =>
    port.fetch(at, { method, headers: json, ...init })
  expect([404, 422, 401]).toContain((await ask(limit)).status)
  const refused = await ask(limit + 1)
  expect(refused.status).toBe(413)
  expect(await refused.json()).toMatchObject({
    Message: expect.stringMatching(/^The body must have at most [\d,]+ bytes\./),
  })
  expect((await ask(limit + 1, chunked(padded('{}', limit + 1)))).status).toBe(413)
})

describe('the inputs of a run', () => {
  const run = (uuid: string, init: RequestInit) =>
    port.fetch(`/function/${uuid}/run`, { method: 'POST', headers: json, ...init })
  const most = { sized: RUN_BASE + 2 * 3 * 64, open: RUN_MOST.json }

  it.each(['sized', 'open'] as const)('of a model of %s shape may be as large as it can need', async (which) => {
    const uuid = which === 'sized' ? sized : open
    const shape = which === 'sized' ? '[[1,2,3],[4,5,6]]' : '[1]'
    const request = `{"Inputs":{"x":{"Data":${shape}}}}`
    expect((await run(uuid, { body: padded(request, most[which]) })).status).toBe(200)
    for (const init of [{ body: padded(request, most[which] + 1) }, chunked(padded(request, most[which] + 1))]) {
      const response = await run(uuid, init)
      expect(response.status).toBe(413)
      expect(await response.json()).toMatchObject({ Message: expect.stringContaining('.npz') })
    }
  })

  it('and its outputs leave nothing behind, whatever becomes of them', async () => {
    const before = await port.state()
    const body = '{"Dimensions":{"N":3000000}}'
    const response = await run(open, { body })
    await response.body?.cancel()
    expect((await run(open, { body: '{"Dimensions":{"M":1}}' })).status).toBe(422)
    expect((await run(open, { body: '{"Dimen' })).status).toBe(400)
    await expect.poll(() => port.state()).toEqual(before)
  })

  it('are no work of the cabinet: it answers others while values come that fill a heap', async () => {
    const answers: number[] = []
    const body = `{"Inputs":{"x":{"Data":[${'[],'.repeat(3_000_000)}0]}}}`
    const running = run(open, { body })
    let isDone = false
    const done = running.finally(() => {
      isDone = true
    })
    do answers.push((await fetch(`${port.opened.url}/status`)).status)
    while (!isDone)
    expect([413, 422]).toContain((await done).status)
    expect(answers.every((status) => status === 200)).toBe(true)
    expect(port.unexpected).toEqual([])
  })
})

it('a token that may only read cannot have a large body read', async () => {
  const { Secret } = port.cabinet.tokens.create(ada, { Name: 'reader', Scope: 'read' })
  const body = padded('{"Lists":[{}]}', 30_000_000)
  const response = await port.fetch('/functions/counts', {
    method: 'POST',
    body,
    headers: { ...json, Authorization: `Bearer ${Secret}` },
  })
  expect(response.status).toBe(413)
})
