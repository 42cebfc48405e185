import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { modelBytes } from '../cabinet/testing/test-cabinet.ts'
import { databasePath } from '../store/open-store.ts'
import { openTestApi, type TestApi, withForm, withJson } from './testing/test-api.ts'

// Protects readers from writers: while another program holds the database, changes wait and everything else goes on.

let api: TestApi
let other: Database.Database
let uuid: string

beforeAll(async () => {
  api = await openTestApi()
  const { body } = await api.ask('/functions', upload(1))
  uuid = Object(body).UUID
  await api.ask('/functions?Limit=50')
})
beforeEach(() => {
  other = new Database(databasePath(api.cabinet.dataDirectory))
  other.exec('BEGIN IMMEDIATE')
  return () => other.close()
})
afterAll(() => api.remove())

const upload = (seed: number) =>
  withForm('POST', { file: { bytes: new Uint8Array(modelBytes(seed)), name: 'net.onnx' } })
const pause = async () => {
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}

it.each([
  ['an edit', () => api.ask(`/function/${uuid}`, withJson('PATCH', { Name: 'renamed' }))],
  ['an upload', () => api.ask('/functions', upload(2))],
  ['a new catalogue', () => api.ask('/catalogues', withJson('POST', { Name: 'Vision' }))],
  ['a job', () => api.ask('/admin/verify', withJson('POST', {}))],
])('%s waits, and nobody else does', async (_, change) => {
  let over = false
  const changing = change().finally(() => {
    over = true
  })
  await pause()
  for (const path of ['/status', `/function/${uuid}`, '/functions?Limit=50', '/jobs', '/catalogues']) {
    expect([path, (await api.ask(path)).status]).toEqual([path, 200])
  }
  expect(over).toBe(false)
  other.exec('ROLLBACK')
  expect((await changing).status).toBe(200)
})
