import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { FunctionDetail, FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { HistoryEntry } from '../../../src-contract/contract/functions/history.ts'
import { ada, upload } from '../../cabinet/testing/test-cabinet.ts'
import { buildModel } from '../../onnx/testing/model-builder.ts'
import { PAGE_BYTES } from '../../store/page-size.ts'
import { openTestApi, type TestApi, withJson } from '../testing/test-api.ts'

// Protects lists, and with them the window's library, from a few models that weigh more than all others.

const MEGABYTE = 'word '.repeat(200_000)
const OUTPUTS = 20_000
const DETAILS = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key ${at}`, 'x'.repeat(100)]))
const FIELDS = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field ${at}`, 'x'.repeat(2_000)]))
const COUNT = 40

let api: TestApi
let uuid: string
beforeAll(async () => {
  api = await openTestApi()
  const names = Array.from({ length: OUTPUTS }, (_, at) => `output_with_a_rather_long_name_${at}`)
  const value = (name: string) => ({ name, type: { tensor: 'float' as const, shape: [1, 'batch', 3] } })
  const nodes = names.map((name) => ({ operator: 'Identity', inputs: ['x'], outputs: [name] }))
  const bytes = buildModel({ graph: { inputs: [value('x')], outputs: names.map(value), nodes } })
  const bundle = await upload(api.cabinet, bytes)
  const said = {
    Name: 'large',
    Documentation: MEGABYTE,
    InputDriver: 'raw',
    InputDriverDetails: DETAILS,
    Fields: FIELDS,
  }
  const { body } = await api.cabinet.functions.create(ada, said, { bundle })
  uuid = body.UUID
  for (let number = 1; number < COUNT; number++) {
    await api.cabinet.functions.create(ada, { Name: `small ${number}` }, {})
  }
})
afterAll(() => api.remove())

const rowsOf = (body: unknown) => z.array(FunctionItem).parse(body)
const large = async () => {
  const { body } = await api.ask('/functions?q=large&Limit=1')
  const [row] = rowsOf(body)
  if (!row) throw new Error('not listed')
  return row
}

it('has the beginning of what is long in a row of a list, and says how long it is', async () => {
  const row = await large()
  expect(JSON.stringify(row).length).toBeLessThan(80_000)
  expect(row.Truncated).toEqual({
    Documentation: MEGABYTE.length,
    InputDriverDetails: 500,
    NamedOutput: OUTPUTS,
    StatedShapes: OUTPUTS + 1,
    Fields: 50,
  })
  expect(row.Documentation).toBe(MEGABYTE.slice(0, 1_000))
  expect(row.NamedOutput[0]?.Name).toBe('output_with_a_rather_long_name_0')
  expect(row.StatedShapes.Output[0]).toEqual([1, 'batch', 3])
  expect(Object.keys(row.Fields)).toHaveLength(50)
  expect(Object.keys(row.InputDriverDetails).length).toBeGreaterThan(20)
})

it('gives all of it for the function itself, finds it, and lists it again in full once it is short', async () => {
  const { body } = await api.ask(`/function/${uuid}`)
  const whole = FunctionDetail.parse(body)
  expect(whole).toMatchObject({ Documentation: MEGABYTE, InputDriverDetails: DETAILS, Fields: FIELDS })
  expect(whole.NamedOutput).toHaveLength(OUTPUTS)
  expect(rowsOf((await api.ask('/functions?q=output_with_a_rather_long_name_17&Limit=5')).body)).toHaveLength(1)

  const { body: other } = await api.cabinet.functions.create(ada, { Name: 'shrinks', Documentation: MEGABYTE }, {})
  await api.cabinet.functions.update(ada, other.UUID, { Documentation: 'Short.' }, {})
  const [row] = rowsOf((await api.ask('/functions?q=shrinks&Limit=1')).body)
  expect(row).toMatchObject({ Documentation: 'Short.', Truncated: {} })
  expect((await api.ask(`/function/${other.UUID}`)).body).toMatchObject({ Documentation: 'Short.' })
})

it('takes no row of a list, changed and sent back, for the whole', async () => {
  const row = await large()
  const { status, body } = await api.ask(`/function/${uuid}`, withJson('PATCH', { ...row, Name: 'renamed' }))
  expect({ status, body }).toMatchObject({ status: 422, body: { Field: { Name: 'Documentation' } } })
  const { Documentation: _, InputDriverDetails: __, Fields: ___, ...rest } = row
  expect((await api.ask(`/function/${uuid}`, withJson('PATCH', { ...rest, Alias: 'a' }))).status).toBe(200)
  expect((await api.ask(`/function/${uuid}`)).body).toMatchObject({ Documentation: MEGABYTE, Alias: 'a' })
})

it('cuts long values in the history and in the audit log, and restores them whole', async () => {
  const before = FunctionDetail.parse((await api.ask(`/function/${uuid}`)).body)
  await api.cabinet.functions.update(ada, uuid, { Documentation: 'Short.', InputDriverDetails: {} }, {})
  const { body, headers } = await api.ask(`/function/${uuid}/history?Limit=1`)
  const [entry] = z.array(HistoryEntry).parse(body)
  expect(entry?.Change.map(({ Field }) => Field)).toEqual(['Documentation', 'InputDriverDetails'])
  for (const change of entry?.Change ?? []) expect(String(change.Before)).toHaveLength(2_001)
  expect(headers.get('link')).toContain('Offset=1')
  expect(JSON.stringify((await api.ask(`/admin/audit?UUID=${uuid}`)).body).length).toBeLessThan(100_000)
  const revision = (entry?.Revision ?? 0) - 1
  await api.ask(`/function/${uuid}/restore`, withJson('POST', { Revision: revision }))
  expect((await api.ask(`/function/${uuid}`)).body).toMatchObject({
    Documentation: before.Documentation,
    InputDriverDetails: before.InputDriverDetails,
  })
})

it.each([['/functions'], ['/functions/trash']])(
  'bounds a page of %s in bytes, and loses no row by it',
  async (path) => {
    // Rows larger than any that the API writes.
    const database = new Database(join(api.directory, 'cabinet.db'))
    database.exec(`UPDATE function SET documentation = hex(zeroblob(${PAGE_BYTES / 64})) WHERE name LIKE 'small%'`)
    if (path.endsWith('trash')) database.exec("UPDATE function SET deleted_at = updated_at WHERE name LIKE 'small%'")
    database.close()
    const seen: string[] = []
    let next: string | undefined = `${path}?Limit=1000${path.endsWith('trash') ? '' : '&q=small'}`
    while (next !== undefined) {
      const { body, headers }: { body: unknown; headers: Headers } = await api.ask(next)
      expect(body).toBeInstanceOf(Array)
      expect(JSON.stringify(body).length).toBeLessThan(PAGE_BYTES + 100_000)
      seen.push(
        ...z
          .array(z.looseObject({ UUID: z.string() }))
          .parse(body)
          .map(({ UUID }) => UUID),
      )
      next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    }
    expect(new Set(seen).size).toBe(COUNT - 1)
    expect(seen).toHaveLength(COUNT - 1)
    if (path === '/functions') expect((await api.ask('/functions?q=small')).body).toHaveLength(COUNT - 1)
  },
)
