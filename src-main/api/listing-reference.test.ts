import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { FieldInUse } from '../../src-contract/contract/functions/field-in-use.ts'
import type { ListingQuery, OrderTerm } from '../../src-contract/contract/functions/listing.ts'
import { SEARCH_COUNT_LIMIT } from '../../src-contract/contract/functions/listing.ts'
import { OptionInUse, options } from '../../src-contract/contract/functions/option.ts'
import type { Range } from '../../src-contract/contract/functions/range.ts'
import type { ListRecord } from '../reader/list/list-record.ts'
import { arbitraryQuery, arbitraryRecords } from '../reader/list/testing/arbitrary.ts'
import { referenceList } from '../reader/list/testing/reference-list.ts'
import { recordWriter } from '../reader/list/testing/write-record.ts'
import { readDocument } from './testing/document.ts'
import { openTestApi, type TestApi } from './testing/test-api.ts'

// Protects scripts that filter and sort over HTTP: what they write into an address finds the rows, in the order and number, that the
// slow and obvious reading of contract.md 3 finds, for every parameter of the document.

const CATALOGUES = 8
const QUERIES = 60
const seed = Date.now() % 1_000_000

let api: TestApi
let database: Database.Database
let write: (records: readonly ListRecord[]) => void
beforeAll(async () => {
  api = await openTestApi()
  database = new Database(join(api.directory, 'cabinet.db'))
  // The writer's own organisation takes the place of the cabinet's.
  database.exec("UPDATE organisation SET uuid = '0f8fad5b-d9cb-469f-a165-70867728950e' WHERE own = 1")
  const writer = recordWriter(database)
  write = database.transaction((records: readonly ListRecord[]) => {
    database.exec('DELETE FROM function')
    for (const record of records) writer.write(record)
  })
})
afterAll(async () => {
  database.close()
  expect(api.unexpected, `seed ${seed}`).toEqual([])
  await api.remove()
})

const rangeText = ({ minimum, maximum }: Range) =>
  minimum === maximum ? String(minimum) : `${minimum ?? ''}-${maximum ?? ''}`
const orderText = (terms: readonly OrderTerm[]) =>
  terms.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',')

/** The query as somebody writes it; lists once with commas, once with repeated keys. */
function addressOf(
  { fieldFilters = [], parts = [], excluded = [], OrderBy, ...query }: ListingQuery,
  commas: boolean,
): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (key.endsWith('Since')) parameters.append(key, new Date(Number(value)).toISOString())
    else if (!Array.isArray(value)) parameters.append(key, typeof value === 'object' ? rangeText(value) : String(value))
    else if (commas) parameters.append(key, value.join(','))
    else for (const one of value) parameters.append(key, one)
  }
  for (const { name, text } of fieldFilters) parameters.append(`Field.${name}`, text)
  for (const { part, present } of parts) parameters.append(`Has.${part}`, String(present))
  for (const other of excluded)
    for (const [key, value] of addressOf(other, true)) parameters.append(`Not.${key}`, value)
  if (OrderBy) parameters.append('OrderBy', orderText(OrderBy))
  return parameters
}

const Rows = z.array(z.looseObject({ UUID: z.string() }))

/** Paths are hidden by who asks, not by what is asked; here an administrator does. */
function asAdministrator({ hidesPaths: _, excluded, ...query }: ListingQuery): ListingQuery {
  return { ...query, ...(excluded && { excluded: excluded.map(asAdministrator) }) }
}

async function expectSame(path: string, records: readonly ListRecord[], query: ListingQuery, commas: boolean) {
  const address = `${path}?${addressOf(query, commas)}`
  const { status, headers, body } = await api.ask(address)
  expect({ address, status }).toEqual({ address, status: 200 })
  const { uuids, total, capped } = referenceList(records, query, SEARCH_COUNT_LIMIT)
  expect({ address, uuids: Rows.parse(body).map(({ UUID }) => UUID) }).toEqual({ address, uuids })
  expect(headers.get('x-pagination-records')).toBe(String(total))
  expect(headers.get('x-pagination-capped')).toBe(capped ? 'true' : null)
}

it(`the rows, their order and their number are those of the slow reading, by every parameter (seed ${seed})`, async () => {
  const used = new Set<string>()
  // A name may stand in a query once only, which the reader of addresses sees to.
  const once = arbitraryQuery.map(asAdministrator).map(({ fieldFilters, parts, ...query }) => ({
    ...query,
    ...(parts && { parts: [...new Map(parts.map((filter) => [filter.part, filter])).values()] }),
    ...(fieldFilters && { fieldFilters: [...new Map(fieldFilters.map((filter) => [filter.name, filter])).values()] }),
  }))
  const catalogues = fc.sample(arbitraryRecords, { numRuns: CATALOGUES, seed })
  const queries = fc.sample(fc.tuple(once, fc.boolean()), { numRuns: CATALOGUES * QUERIES, seed })
  for (const [at, records] of catalogues.entries()) {
    write(records)
    for (const [query, commas] of queries.slice(at * QUERIES, (at + 1) * QUERIES)) {
      for (const key of addressOf(query, commas).keys()) used.add(key)
      await expectSame('/functions', records, query, commas)
      const { Offset, Limit, OrderBy, Status, Catalogue } = query
      const plain = OrderBy?.every(({ column }) => column === 'Name' || column === 'UpdatedAt')
      const compatible = { Offset, Limit, OrderBy: plain ? OrderBy : undefined, Status, Catalogue }
      const given = Object.entries(compatible).filter(([, value]) => value !== undefined)
      await expectSame('/functions/compat', records, Object.fromEntries(given), commas)
    }
  }
  const { operations } = readDocument((await api.ask('/openapi.json')).body)
  const list = operations.find(({ operationId }) => operationId === 'listFunctions')
  const named =
    list?.parameters.filter((one) => one.in === 'query' && one.style !== 'deepObject').map(({ name }) => name) ?? []
  expect([...used].filter((key) => !/^(Field|Has|Not)\./.test(key)).sort()).toEqual(named.sort())
})

it(`options, sources, own fields and statistics count what the rows say (seed ${seed})`, async () => {
  for (const records of fc.sample(arbitraryRecords, { numRuns: CATALOGUES, seed })) {
    write(records)
    const counted = Object.entries(options).map(([Name, { label, kind }]) => {
      const names = ({ inputOptions, outputOptions }: ListRecord) => (kind === 'input' ? inputOptions : outputOptions)
      const Count = records.filter((one) => names(one).includes(Name)).length
      return { Name, Label: label, Kind: kind, ...(Count > 0 && { Count }) }
    })
    expect(z.array(OptionInUse).parse((await api.ask('/functions/options')).body)).toEqual(counted)

    const sources = records.filter(({ sourceName, sourceUrl }) => sourceName !== null || sourceUrl !== null)
    const key = (name: unknown, url: unknown) => JSON.stringify([name, url])
    const told = z
      .array(z.strictObject({ Name: z.string().nullable(), Url: z.string().nullable(), Count: z.number().optional() }))
      .parse((await api.ask('/functions/sources')).body)
    const expected = Object.groupBy(sources, ({ sourceName, sourceUrl }) => key(sourceName, sourceUrl))
    expect(Object.fromEntries(told.map(({ Name, Url, Count }) => [key(Name, Url), Count]))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([pair, group]) => [pair, group?.length])),
    )

    const named = Object.groupBy(
      records.flatMap(({ fields }) => Object.entries(fields)),
      ([name]) => name,
    )
    expect(z.array(FieldInUse).parse((await api.ask('/functions/fields')).body)).toEqual(
      Object.entries(named)
        .map(([Name, values = []]) => ({
          Name,
          Count: values.length,
          Numbers: values.filter(([, value]) => typeof value === 'number').length,
        }))
        .sort((one, other) => (one.Name < other.Name ? -1 : 1)),
    )

    const times = (pick: (one: ListRecord) => string) => records.map(pick).sort()
    const [inserted, updated] = [times(({ insertedAt }) => insertedAt), times(({ updatedAt }) => updatedAt)]
    expect((await api.ask('/functions/statistics')).body).toMatchObject({
      Total: records.length,
      FirstInsertedAt: inserted[0] ?? null,
      LastInsertedAt: inserted.at(-1) ?? null,
      FirstUpdatedAt: updated[0] ?? null,
      LastUpdatedAt: updated.at(-1) ?? null,
    })
  }
})
