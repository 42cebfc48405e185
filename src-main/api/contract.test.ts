import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ada, modelBytes } from '../catalogue/testing/test-cabinet.ts'
import { allowedBy, roughly, type Stock } from './testing/arbitrary.ts'
import { complaints, type Schema } from './testing/json-schema.ts'
import { openTestApi, type TestApi, withForm, withJson } from './testing/test-api.ts'

// Protects whoever writes a client from the document: whatever is asked, the answer is one that the document describes, with
// that status, those headers and that body, and never a failure of the program.

const CASES = 2_000
const seed = Number(process.env.CONTRACT_SEED ?? Date.now() % 1_000_000)

const Anything = z.looseObject({})
const Response_ = z.looseObject({
  headers: z.record(z.string(), z.looseObject({ required: z.boolean().optional() })).optional(),
  content: z.record(z.string(), z.looseObject({ schema: Anything.optional() })).optional(),
})
const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  security: z.array(Anything).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: Anything,
      }),
    )
    .default([]),
  requestBody: z
    .looseObject({
      required: z.boolean().optional(),
      content: z.record(z.string(), z.looseObject({ schema: Anything })),
    })
    .optional(),
  responses: z.record(z.string(), Response_),
})
type Operation = z.infer<typeof Operation> & { method: string; path: string }
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), Anything) }),
})

const reading = await openTestApi()
const document = Document.parse((await reading.ask('/openapi.json?private=true', {}, null)).body)
await reading.remove()
const components: Record<string, Schema> = document.components.schemas
const operations: Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
)
/** Their answers have no end. */
const endless = ['streamEvents']

let api: TestApi
const uuids: string[] = []
beforeAll(async () => {
  api = await openTestApi()
  await renewStock()
})
afterAll(async () => {
  expect(api.unexpected, `seed ${seed}`).toEqual([])
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

type Asked = { path: string; init: RequestInit }

function requestOf(operation: Operation): fc.Arbitrary<Asked> {
  const paths = fc.constantFrom('/nowhere/model.onnx', join(api.directory, 'nothing', 'here.onnx'))
  const stock: Stock = {
    components,
    uuids,
    named: {
      Path: paths,
      Paths: fc.array(paths, { minLength: 1, maxLength: 3 }),
      Url: fc.constantFrom('http://127.0.0.1:9/model.onnx', 'ftp://example.org/a', 'nonsense'),
    },
  }
  const parameters = operation.parameters.map((parameter) => {
    const allowed = allowedBy(parameter.schema, stock).map((value) =>
      (Array.isArray(value) ? value : [value]).map(String),
    )
    const some = fc.oneof(
      { weight: 4, arbitrary: allowed },
      { weight: 1, arbitrary: fc.array(fc.string(), { maxLength: 2 }) },
    )
    return fc
      .option(some, { nil: undefined, freq: parameter.required ? 1_000 : 1 })
      .map((values) => ({ ...parameter, values }))
  })
  const content = operation.requestBody?.content['application/json']
  const allowed = content ? allowedBy(content.schema, stock) : fc.constant(undefined)
  // A path of this machine that chance makes up could be one that exists.
  const takesPaths = ['importFiles', 'inspectFile', 'backUp', 'restoreBackup', 'addFunctionLink', 'addWatch'].includes(
    operation.operationId,
  )
  const body = content && !takesPaths ? roughly(allowed) : allowed
  return fc.tuple(fc.tuple(...parameters), body).map(([given, sent]) => {
    const query = new URLSearchParams()
    let { path } = operation
    const headers: Record<string, string> = {}
    for (const { name, in: place, values } of given) {
      if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent((values?.[0] || 'x').toWellFormed()))
      else if (place === 'query') for (const value of values ?? []) query.append(name, value.toWellFormed())
      else if (values?.[0] !== undefined && /^[\x21-\x7e]+$/.test(values[0])) headers[name] = values[0]
    }
    const init = sent === undefined ? { method: operation.method, headers } : withJson(operation.method, sent, headers)
    return { path: query.size > 0 ? `${path}?${query}` : path, init }
  })
}

/** Headers that HTTP itself explains. */
const plain = ['content-type', 'content-length', 'content-range', 'cache-control', 'allow']

async function expectDocumented(operation: Operation, asked: Asked): Promise<void> {
  const response = await api.app.request(asked.path, asked.init, { caller: ada })
  const said = operation.responses[String(response.status)]
  expect(said, `status ${response.status}: ${said ? '' : await response.clone().text()}`).toBeDefined()
  expect(response.status).toBeLessThan(500)
  const documented = Object.keys(said?.headers ?? {}).map((name) => name.toLowerCase())
  for (const name of response.headers.keys()) expect([...plain, ...documented]).toContain(name)
  for (const [name, { required }] of Object.entries(said?.headers ?? {})) {
    if (required) expect(response.headers.get(name), name).not.toBeNull()
  }
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const types = Object.keys(said?.content ?? {})
  if (response.status === 304 || response.status === 206) return
  expect(types.length === 0 || types.includes(type) || types.includes('application/octet-stream'), type).toBe(true)
  if (endless.includes(operation.operationId) && response.ok) return response.body?.cancel()
  const schema = said?.content?.[type]?.schema
  if (type === 'application/json' && schema) expect(complaints(await response.json(), schema, components)).toEqual([])
  else await response.arrayBuffer()
}

describe('the document', () => {
  it('describes every operation of the contract', () => {
    expect(operations.length).toBeGreaterThanOrEqual(35)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  it('hides the private sections, and what only they use', async () => {
    const { body } = await api.ask('/openapi.json', {}, null)
    const shown = Document.parse(body)
    expect(Object.keys(shown.paths).filter((path) => path.startsWith('/admin'))).toEqual([])
    expect(Object.keys(shown.components.schemas)).not.toContain('NewToken')
    expect(JSON.stringify(shown)).not.toContain('"Admin"')
  })

  it('is a page for people, without scripts', async () => {
    const { body, headers } = await api.ask('/openapi.html', {}, null)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(body).toContain('Return a single function')
    expect(body).not.toContain('<script')
  })
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (name, operation) => {
  const filled = operation.path
    .replace(/\{order\}/, 'cancel')
    .replace(/\{\w+\}/g, '11111111-2222-4333-8444-555555555555')

  it(`answers as documented (seed ${seed})`, async () => {
    await renewStock()
    await fc.assert(
      fc.asyncProperty(requestOf(operation), (asked) => expectDocumented(operation, asked)),
      { numRuns: Math.ceil(CASES / operations.length), seed, endOnFailure: true },
    )
  }, 120_000)

  it('names a query parameter that it does not know', async () => {
    const { status, body } = await api.ask(`${filled}?Unheard=1`, { method: operation.method })
    if (operation.requestBody) expect([415, 422]).toContain(status)
    else expect({ status, body }).toMatchObject({ status: 422, body: { Field: { Name: 'Unheard' } } })
  })

  if (!operation.security?.length || name === 'refreshToken') return
  it('is not for strangers', async () => {
    const init = operation.requestBody ? withJson(operation.method, {}) : { method: operation.method }
    expect((await api.ask(filled, init, null)).status).toBe(401)
  })
})
