import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Catalogue } from '../../../src-contract/contract/functions/catalogue.ts'
import { FunctionDetail } from '../../../src-contract/contract/functions/function.ts'
import { bob, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects scripts that change a part of a function: what others wrote stays, and nothing that is answered with 200 was dropped.

let api: TestApi
let path: string
beforeAll(async () => {
  api = await openTestApi()
  const bytes = new Uint8Array(modelBytes())
  const { body } = await api.ask('/functions', withForm('POST', { data: '{}', file: { bytes, name: 'model.onnx' } }))
  path = `/function/${FunctionDetail.parse(body).UUID}`
  await vi.waitFor(async () => expect((await read()).Runs).toBe(true), { timeout: 120_000 })
})
afterAll(() => api.remove())

const read = async () => FunctionDetail.parse((await api.ask(path)).body)
const change = (body: object) => api.ask(path, withJson('PATCH', body), bob)
const add = async (Name: string) => Catalogue.parse((await api.ask('/catalogues', withJson('POST', { Name }))).body)

it.each(['Fields', 'SetFields'])('two writers of five metrics each, at once, keep ten (%s)', async (key) => {
  const names = Array.from({ length: 10 }, (_, index) => `${key} ${index}`)
  await Promise.all(names.map((name, index) => change({ [key]: { [name]: index } })))
  expect(Object.keys((await read()).Fields)).toEqual(expect.arrayContaining(names))
  await change({ [key]: Object.fromEntries(names.map((name) => [name, null])) })
  expect((await read()).Fields).toEqual({})
})

it('files a function by UUID, name or part of an object, next to the catalogues that it is in', async () => {
  const [one, two, three] = [await add('One'), await add('Two'), await add('Three')]
  const names = async (body: object) => {
    expect(await change(body)).toMatchObject({ status: 200 })
    return (await read()).Catalogues.map(({ Name }) => Name).sort()
  }
  expect(await names({ Catalogues: ['One', { UUID: two.UUID }] })).toEqual(['One', 'Two'])
  expect(await names({ AddCatalogues: [three.UUID.toUpperCase()], RemoveCatalogues: ['One'] })).toEqual([
    'Three',
    'Two',
  ])
  expect(await names({ AddCatalogues: [one, { UUID: three.UUID }] })).toEqual(['One', 'Three', 'Two'])
  expect(await change({ AddCatalogues: ['Four'] })).toMatchObject({
    status: 422,
    body: { Field: { Name: 'AddCatalogues' }, Message: 'There is no catalogue “Four”.' },
  })
})

it('takes a source as it is in an answer', async () => {
  expect((await change({ Source: { Name: 'Zoo', Url: 'https://zoo.example' } })).body).toMatchObject({
    Source: { Name: 'Zoo', Url: 'https://zoo.example', Kind: null },
  })
  expect((await change({ ...(await read()), SourceName: 'Park' })).body).toMatchObject({ Source: { Name: 'Park' } })
  expect((await change({ Source: { Name: 'a' }, SourceName: 'b' })).status).toBe(422)
  expect((await change({ Source: { Name: 7 } })).status).toBe(422)
  expect(await read()).toMatchObject({ Source: { Name: 'Park' } })
})

it('takes what was read with one change, and refuses by name what it would drop', async () => {
  const [row] = Object((await api.ask('/functions?Limit=1', {}, bob)).body)
  for (const given of [row, Object((await api.ask(path, {}, bob)).body)]) {
    const { UpdatedAt } = await read()
    expect(await change({ ...given, UpdatedAt, Alias: `${Math.random()}` })).toMatchObject({ status: 200 })
  }
  const before = await read()
  for (const [key, value] of Object.entries({
    Status: 'new',
    Runs: false,
    Code: { Size: 7 },
    NamedInput: [],
    UpdatedAt: '2020-01-01T00:00:00.000Z',
    UUID: '11111111-2222-4333-8444-555555555555',
    Organisation: { Name: 'Other', UUID: before.Organisation.UUID },
  })) {
    expect(await change({ Name: 'other', [key]: value })).toMatchObject({
      status: 422,
      body: { Field: { Name: key }, Message: expect.stringContaining(key) },
    })
  }
  expect(await read()).toEqual(before)
  const bulk = { All: true, Change: { Set: { Status: 'new' } } }
  expect((await api.ask('/functions/bulk', withJson('POST', bulk))).status).toBe(422)
})
