import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fields } from '../../../src-contract/contract/functions/function.ts'
import type { Cabinet } from '../cabinet.ts'
import { ada, bob, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

test('a name that is taken is refused, for a new catalogue and for a renamed one', () => {
  const vision = cabinet.catalogues.create(ada, { Name: 'Vision' })
  const audio = cabinet.catalogues.create(ada, { Name: 'Audio' })
  const taken = expect.objectContaining({ code: 'conflict', field: 'Name', uuid: vision.UUID })
  expect(() => cabinet.catalogues.create(bob, { Name: 'Vision' })).toThrow(taken)
  expect(() => cabinet.catalogues.rename(bob, audio.UUID, { Name: 'Vision' })).toThrow(taken)
  expect(cabinet.catalogues.list().map(({ Name }) => Name)).toEqual(['Audio', 'Vision'])
})

test('what is not there is not found', () => {
  const uuid = '00000000-0000-4000-8000-000000000000'
  const missing = expect.objectContaining({ code: 'not-found', uuid })
  expect(() => cabinet.catalogues.get(uuid)).toThrow(missing)
  expect(() => cabinet.catalogues.rename(ada, uuid, { Name: 'x' })).toThrow(missing)
  expect(() => cabinet.catalogues.remove(ada, uuid)).toThrow(missing)
  expect(cabinet.catalogues.list({ organisation: uuid })).toEqual([])
})

test('a catalogue is empty once its functions are in the trash, and a function that comes back is in none', async () => {
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Short-lived' })
  const { body } = await cabinet.functions.create(ada, { Name: 'only one', Catalogues: [UUID] }, {})
  expect(() => cabinet.catalogues.remove(ada, UUID)).toThrow(expect.objectContaining({ code: 'conflict', uuid: UUID }))
  cabinet.functions.remove(ada, body.UUID)
  cabinet.catalogues.remove(ada, UUID)
  expect(cabinet.functions.undelete(ada, body.UUID).body.Catalogues).toEqual([])
})

test('a rename keeps the UUID and is told with both names', () => {
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Old' })
  expect(cabinet.catalogues.rename(bob, UUID, { Name: 'New' })).toMatchObject({ UUID, Name: 'New' })
  expect(cabinet.events.audit({ limit: 1 })).toMatchObject([
    { Kind: 'catalogue.renamed', By: 'Bob', UUID, Change: [{ Field: 'Name', Before: 'Old', After: 'New' }] },
  ])
})

test('the organisation is made once, and its new name stands everywhere and after a restart', async () => {
  const own = cabinet.organisation.own()
  const { UUID } = cabinet.catalogues.create(ada, { Name: 'Mine' })
  cabinet.organisation.rename(ada, { Name: 'ACME' })
  expect(cabinet.catalogues.get(UUID).Organisation).toEqual({ UUID: own.UUID, Name: 'ACME' })
  cabinet = await context.reopen()
  expect(cabinet.organisation.list()).toEqual([{ UUID: own.UUID, Name: 'ACME' }])
  expect(cabinet.catalogues.list({ organisation: own.UUID }).length).toBe(cabinet.catalogues.list().length)
})

test('statistics count live functions and all events', async () => {
  const before = await cabinet.statistics({})
  const { body } = await cabinet.functions.create(ada, { Name: 'counted' }, {})
  const after = await cabinet.statistics({})
  expect(after).toMatchObject({
    Total: before.Total + 1,
    NumberOfEvents: before.NumberOfEvents + 1,
    LastInsertedAt: body.UpdatedAt,
  })
  expect(after.NumberOfEventsLast30).toBe(after.NumberOfEvents)
  cabinet.functions.remove(ada, body.UUID)
  expect((await cabinet.statistics({})).Total).toBe(before.Total)
})

test('sources in use are told once each, with their count', async () => {
  for (const SourceUrl of ['https://b.example', 'https://a.example', 'https://a.example']) {
    await cabinet.functions.create(ada, { Name: 'sourced', SourceName: 'hub', SourceUrl }, {})
  }
  expect(await cabinet.sources({})).toEqual([
    { Name: 'hub', Url: 'https://a.example', Count: 2 },
    { Name: 'hub', Url: 'https://b.example', Count: 1 },
  ])
})

test('own fields are told once each, with how many have them and of how many they are numbers; the trash does not count', async () => {
  const made: string[] = []
  const given: Fields[] = [
    { accuracy: 0.9, stage: 'new' },
    { accuracy: 1 },
    { accuracy: 'not measured' },
    { gone: true },
  ]
  for (const Fields of given) {
    made.push((await cabinet.functions.create(ada, { Name: 'described', Fields }, {})).body.UUID)
  }
  const [, second = '', , last = ''] = made
  cabinet.functions.remove(ada, second)
  cabinet.functions.remove(ada, last)
  const accuracy = { Name: 'accuracy', Count: 2, Numbers: 1 }
  const stage = { Name: 'stage', Count: 1, Numbers: 0 }
  expect(await cabinet.fields({})).toEqual([accuracy, stage])
  cabinet.functions.undelete(ada, second)
  await cabinet.functions.update(ada, made[0] ?? '', { Fields: { accuracy: 0.8, stage: null } }, {}, {})
  expect(await cabinet.fields({})).toEqual([{ Name: 'accuracy', Count: 3, Numbers: 2 }])
})
