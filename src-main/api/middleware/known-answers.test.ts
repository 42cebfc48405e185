import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withJson } from '../testing/test-api.ts'

// Protects programs that ask again and again: they are told that nothing changed only where nothing did.

let api: TestApi
let uuid: string
beforeEach(async () => {
  api = await openTestApi()
  uuid = (await api.cabinet.functions.create(ada, { Name: 'first' }, {})).body.UUID
})
afterEach(() => api.remove())

const tagOf = async (path: string) => (await api.ask(path)).headers.get('etag') ?? ''
const askIf = (path: string, tag: string) => api.ask(path, { headers: { 'If-None-Match': tag } })

const paths = () => [
  '/functions?Limit=50',
  '/functions/compat?Limit=50',
  '/catalogues',
  '/functions/statistics',
  '/functions/options',
  '/functions/sources',
  '/functions/fields',
  `/function/${uuid}`,
]

it('says that nothing changed, with no body', async () => {
  for (const path of paths()) {
    const tag = await tagOf(path)
    expect(tag, path).toMatch(/^"[\w-]+"$/)
    expect(await askIf(path, `"other", W/${tag}`), path).toMatchObject({ status: 304, body: '' })
    expect(await askIf(path, '"other"'), path).toMatchObject({ status: 200 })
  }
})

it('answers anew after each change, by itself or by another program', async () => {
  const path = '/functions?Limit=50'
  const before = await tagOf(path)
  await api.ask(`/function/${uuid}`, withJson('PATCH', { Name: 'second' }))
  expect(await askIf(path, before)).toMatchObject({ status: 200, body: [{ Name: 'second' }] })

  const between = await tagOf(path)
  const other = new Database(`${api.cabinet.dataDirectory}/cabinet.db`)
  other.exec("UPDATE function SET name = 'third'")
  other.close()
  expect(await askIf(path, between)).toMatchObject({ status: 200, body: [{ Name: 'third' }] })
})

it('tells a page and the number of all matches together', async () => {
  const path = '/functions?Limit=1&OrderBy=Name'
  const tag = await tagOf(path)
  await api.cabinet.functions.create(ada, { Name: 'last' }, {})
  const { status, headers } = await askIf(path, tag)
  expect([status, headers.get('x-pagination-records')]).toEqual([200, '2'])
})

it('gives nobody what an administrator was given', async () => {
  await api.ask('/functions?Limit=50')
  const other = new Database(`${api.cabinet.dataDirectory}/cabinet.db`)
  other.exec(
    "INSERT INTO function_path (function_id, path, model_path) SELECT id, '/home/ada/m.onnx', '/home/ada/m.onnx' FROM function",
  )
  other.close()
  expect((await api.ask('/functions?Limit=50')).body).toMatchObject([{ Path: '/home/ada/m.onnx' }])
  const reader = { name: 'Reader', scope: 'read' } as const
  expect((await api.ask('/functions?Limit=50', {}, reader)).body).toMatchObject([{ Path: null }])
})

it('keeps the revision in the tag of a function, which If-Match takes', async () => {
  const tag = await tagOf(`/function/${uuid}`)
  expect(tag).toMatch(/^"1-/)
  const change = (headers: Record<string, string>) =>
    api.ask(`/function/${uuid}`, withJson('PATCH', { Name: 'next' }, headers))
  expect(await change({ 'If-Match': tag })).toMatchObject({ status: 200 })
  expect(await change({ 'If-Match': tag })).toMatchObject({ status: 412 })
  expect(await change({ 'If-Match': '"2"' })).toMatchObject({ status: 200 })
})
