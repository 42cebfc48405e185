import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Catalogue } from '../../../src-contract/contract/functions/catalogue.ts'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects what an edit costs: the function's row is read once, and the answer, which is not read again, is what was written.

const prepared: { sql: string; get: { mock: { calls: unknown[] } } }[] = []

/** How often the statement that reads a function's row has been run. */
const rowsRead = () =>
  prepared
    .filter(({ sql }) => /FROM function f JOIN organisation o/.test(sql))
    .reduce((sum, { get }) => sum + get.mock.calls.length, 0)

let api: TestApi
let path: string
beforeAll(async () => {
  const { prepare } = Database.prototype
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql)
    prepared.push({ sql, get: vi.spyOn(statement, 'get') })
    return statement
  })
  api = await openTestApi()
  const bytes = new Uint8Array(modelBytes())
  const { body } = await api.ask('/functions', withForm('POST', { data: '{}', file: { bytes, name: 'model.onnx' } }))
  path = `/function/${FunctionDetail.parse(body).UUID}`
  await vi.waitFor(async () => expect((await api.ask(path)).body).toMatchObject({ Runs: true }), { timeout: 120_000 })
})
afterAll(async () => {
  vi.restoreAllMocks()
  expect(api.unexpected).toEqual([])
  await api.remove()
})

it('reads the row of a function that is renamed once', async () => {
  const before = rowsRead()
  const answer = await api.ask(path, withJson('PATCH', { Name: 'renamed' }, { 'If-Match': '"1"' }))
  expect(answer).toMatchObject({ status: 200, body: { Name: 'renamed' } })
  expect(rowsRead() - before).toBe(1)
})

it.each([
  { Name: 'edges' },
  { Alias: 'a' },
  { Alias: null },
  { Documentation: '# Text' },
  { InputDriver: 'custom' },
  { InputDriverDetails: { width: 12, list: [1, null] } },
  { OutputDriver: 'custom', OutputDriverDetails: { a: { b: 1 } } },
  { SourceName: 'Zoo', SourceUrl: 'https://zoo.example' },
  { SourceName: null },
  { SourceKind: 'web', SourceRevision: 'v2', SourceRole: 'decoder', SourceTask: 'ocr', SourceBaseModel: 'acme/base' },
  { Licence: 'MIT', Tags: ['a', 'b'] },
  { Licence: null, Tags: [] },
  { Fields: { accuracy: 0.5, stage: 'test' } },
  { Starred: true },
  {},
])('answers an edit with what a later request reads: %j', async (edit) => {
  await answersWhatIsRead(edit)
})

it('answers a function that was filed and taken out again with what a later request reads', async () => {
  const { body } = await api.ask('/catalogues', withJson('POST', { Name: 'Vision' }))
  const { UUID } = Catalogue.parse(body)
  await answersWhatIsRead({ Catalogues: [UUID], Name: 'filed' })
  await answersWhatIsRead({ Catalogues: [] })
})

async function answersWhatIsRead(edit: object): Promise<void> {
  const answer = await api.ask(path, withJson('PATCH', edit))
  const later = await api.ask(path)
  expect(answer).toMatchObject({ status: 200, body: later.body })
  expect(answer.headers.get('etag')).toBe(later.headers.get('etag'))
}
