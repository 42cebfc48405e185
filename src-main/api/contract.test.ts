import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ada, modelBytes } from '../cabinet/testing/test-cabinet.ts'
import type { Stock } from './testing/arbitrary.ts'
import { type DocumentedOperation, readDocument } from './testing/document.ts'
import { type Asked, requestOf } from './testing/requests.ts'
import { openTestApi, type TestApi, withForm, withJson } from './testing/test-api.ts'
import { undocumented } from './testing/undocumented.ts'

// Protects whoever writes a client from the document: whatever is asked, the answer is one that the document describes, with
// that status, those headers and that body, and never a failure of the program.

const CASES = 2_200
const seed = Number(process.env.CONTRACT_SEED ?? Date.now() % 1_000_000)

const reading = await openTestApi()
const document = readDocument((await reading.ask('/openapi.json?private=true', {}, null)).body)
const shown = readDocument((await reading.ask('/openapi.json', {}, null)).body)
await reading.remove()
const { operations, components } = document

let api: TestApi
let asked = 0
const uuids: string[] = []
beforeAll(async () => {
  api = await openTestApi()
  await renewStock()
})
afterAll(async () => {
  expect(api.unexpected, `seed ${seed}`).toEqual([])
  console.info(`Asked ${asked} requests of ${operations.length} operations (CONTRACT_SEED=${seed}).`)
  await api.remove()
})

/** Objects that requests can meet; earlier ones may be deleted by now. */
async function renewStock(): Promise<void> {
  const form = withForm('POST', { file: { bytes: new Uint8Array(modelBytes(uuids.length)), name: 'stock.onnx' } })
  const made = [
    await api.ask('/functions', form),
    await api.ask('/catalogues', withJson('POST', { Name: `stock ${uuids.length}` })),
    await api.ask('/admin/verify', { method: 'POST' }),
    await api.ask('/admin/tokens', withJson('POST', { Name: 'stock', Scope: 'read' })),
  ]
  uuids.splice(
    0,
    uuids.length,
    ...uuids.slice(-12),
    ...made.map(({ body }) => z.looseObject({ UUID: z.string() }).parse(body).UUID),
  )
}

function stock(): Stock {
  const paths = fc.constantFrom('/nowhere/model.onnx', join(api.directory, 'nothing', 'here.onnx'))
  return {
    components,
    uuids,
    named: {
      Path: paths,
      Paths: fc.array(paths, { minLength: 1, maxLength: 3 }),
      Url: fc.constantFrom('http://127.0.0.1:9/model.onnx', 'ftp://example.org/a', 'nonsense'),
    },
  }
}

async function expectDocumented(operation: DocumentedOperation, { path, init }: Asked, caller = ada): Promise<void> {
  asked++
  const response = await api.app.request(path, init, { caller })
  expect(response.status).toBeLessThan(500)
  expect(await undocumented(document, operation, response)).toEqual([])
}

describe('the document', () => {
  it('describes every operation of the contract', () => {
    expect(operations.length).toBeGreaterThanOrEqual(53)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  it('shows for every operation a body of each side', () => {
    const bare = operations.filter(({ requestBody, responses }) =>
      [requestBody?.content, responses[200]?.content].some(
        (content) => content?.['application/json'] && content['application/json'].example === undefined,
      ),
    )
    // The document itself is no example of anything else.
    expect(bare.map(({ operationId }) => operationId)).toEqual(['getOpenApi'])
  })

  it('hides the private sections, and what only they use', () => {
    expect(shown.paths.filter((path) => path.startsWith('/admin'))).toEqual([])
    expect(Object.keys(shown.components)).not.toContain('NewToken')
    expect(JSON.stringify(shown)).not.toContain('"Admin"')
  })

  it('is a page for people, without scripts and without anything from elsewhere', async () => {
    const { body, headers } = await api.ask('/openapi.html', {}, null)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(body).toContain('Return a single function')
    expect(body).not.toMatch(/<script|<link|<img|@import|url\(|src=/)
    expect(body).not.toContain('/admin/')
    expect((await api.ask('/openapi.html?private=true', {}, null)).body).toContain('/admin/tokens')
  })
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (name, operation) => {
  const filled = operation.path
    .replace(/\{order\}/, 'cancel')
    .replace(/\{\w+\}/g, '11111111-2222-4333-8444-555555555555')
  const example = operation.requestBody?.content['application/json']?.example

  it(`answers as documented (seed ${seed})`, async () => {
    await renewStock()
    await fc.assert(
      fc.asyncProperty(requestOf(operation, stock()), (request) => expectDocumented(operation, request)),
      { numRuns: Math.ceil(CASES / operations.length), seed, endOnFailure: true },
    )
  })

  if (example !== undefined)
    it('takes its example', async () => {
      await renewStock()
      for (const uuid of uuids.slice(-4)) {
        const path = operation.path.replace(/\{\w+\}/g, uuid)
        await expectDocumented(operation, { path, init: withJson(operation.method, example) })
      }
    })

  it('names a query parameter that it does not know', async () => {
    const { status, body } = await api.ask(`${filled}?Unheard=1`, { method: operation.method })
    if (operation.requestBody) expect([415, 422]).toContain(status)
    else expect({ status, body }).toMatchObject({ status: 422, body: { Field: { Name: 'Unheard' } } })
  })

  if (!operation.security?.length || name === 'refreshToken') return
  it('is not for strangers', async () => {
    const init = operation.requestBody ? withJson(operation.method, {}) : { method: operation.method }
    const response = await api.app.request(filled, init, {})
    expect(response.status).toBe(401)
    expect(await undocumented(document, operation, response)).toEqual([])
  })
})
