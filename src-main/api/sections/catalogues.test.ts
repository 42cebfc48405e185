import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Catalogue } from '../../../src-contract/contract/functions/catalogue.ts'
import { ada, bob } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withJson } from '../testing/test-api.ts'

// Protects operations 1 to 7: filing must never lose a function, and names must stay unique.

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})

async function made(Name: string): Promise<Catalogue> {
  return Catalogue.parse((await api.ask('/catalogues', withJson('POST', { Name }))).body)
}

describe('catalogues', () => {
  it('are made, read, renamed, listed and deleted', async () => {
    const catalogue = await made('Audio')
    expect(catalogue).toMatchObject({ Name: 'Audio', Organisation: { Name: expect.any(String) } })
    expect((await api.ask(`/catalogue/${catalogue.UUID}`)).body).toEqual({ ...catalogue, Functions: [] })
    const renamed = await api.ask(
      `/cpt/catalogue/${catalogue.UUID}`,
      withJson('PATCH', { ...catalogue, Name: 'Speech' }),
    )
    expect(renamed).toMatchObject({ status: 200, body: { Message: 'Done' } })
    const { body } = await api.ask(`/catalogues?Organisation=${catalogue.Organisation.UUID}`)
    expect(body).toMatchObject([{ Name: 'Speech', FunctionCount: 0 }])
    expect(await api.ask(`/catalogue/${catalogue.UUID}`, { method: 'DELETE' })).toMatchObject({
      body: { Message: 'Done' },
    })
    expect((await api.ask('/catalogues')).body).toEqual([])
  })

  it('hold their functions, and are not deleted while they do', async () => {
    const catalogue = await made('Vision')
    const { body } = await api.cabinet.functions.create(bob, { Name: 'in it', Catalogues: [catalogue.UUID] }, {})
    expect((await api.ask(`/catalogue/${catalogue.UUID}`)).body).toMatchObject({ Functions: [{ UUID: body.UUID }] })
    const refused = await api.ask(`/catalogue/${catalogue.UUID}`, { method: 'DELETE' })
    expect(refused.status).toBe(409)
    expect((await api.ask(`/function/${body.UUID}`)).body).toMatchObject({ Catalogues: [{ Name: 'Vision' }] })
  })

  it('lead to the rest of their functions', async () => {
    const catalogue = await made('Large')
    for (let number = 0; number < 101; number += 1) {
      await api.cabinet.functions.create(ada, { Name: `f ${number}`, Catalogues: [catalogue.UUID] }, {})
    }
    const { body, headers } = await api.ask(`/cpt/catalogue/${catalogue.UUID}`)
    expect(body).toMatchObject({ Functions: { length: 100 } })
    const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
    expect(next.startsWith('/cpt/functions?')).toBe(true)
    expect((await api.ask(next)).body).toHaveLength(1)
    const some = async (limit: number) => (await api.ask(`/catalogue/${catalogue.UUID}?Limit=${limit}`)).body
    expect(await some(101)).toMatchObject({ Functions: { length: 101 } })
    expect(await some(0)).toMatchObject({ Name: 'Large', Functions: [] })
  })

  it('have names of their own', async () => {
    await made('Taken')
    const again = await api.ask('/catalogues', withJson('POST', { Name: 'Taken' }))
    expect(again).toMatchObject({ status: 409, body: { Field: { Name: 'Name' } } })
  })
})

describe('the service', () => {
  it('tells its status to everybody, the rest to callers it knows', async () => {
    expect(await api.ask('/status', {}, null)).toMatchObject({ status: 200, body: { Connected: true } })
    for (const path of ['/configuration', '/functions/statistics', '/catalogues', '/functions', '/events', '/jobs']) {
      expect((await api.ask(path, {}, null)).status, path).toBe(401)
    }
  })

  it('tells its configuration and statistics', async () => {
    expect((await api.ask('/configuration')).body).toMatchObject({
      MaxUploadSize: 2 ** 31,
      SupportedFileTypes: ['.onnx', '.zip', '.tar', '.tgz', '.tar.gz'],
    })
    expect((await api.ask('/functions/statistics')).body).toMatchObject({ Total: expect.any(Number) })
  })
})
