import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FunctionItem } from '../../../src-contract/contract/functions/function.ts'
import { ada } from '../../cabinet/testing/test-cabinet.ts'
import { openTestApi, type TestApi } from '../testing/test-api.ts'

// Protects scripts that page through the list: no row twice, none lost, and the total and the links tell the truth.

const COUNT = 57
let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  for (let number = 0; number < COUNT; number += 1) {
    const Name = `model ${String(number).padStart(2, '0')}`
    await api.cabinet.functions.create(ada, { Name, Fields: { accuracy: number / 100 } }, {})
  }
})
afterAll(() => api.remove())

const names = (body: unknown) =>
  z
    .array(FunctionItem)
    .parse(body)
    .map(({ Name }) => Name)

describe('the list of functions', () => {
  it('comes whole where no limit is given', async () => {
    const { body, headers } = await api.ask('/functions?OrderBy=Name')
    expect(names(body)).toHaveLength(COUNT)
    expect(names(body)).toEqual(names(body).toSorted())
    expect(headers.get('x-pagination-records')).toBe(String(COUNT))
    expect(headers.get('link')).toBeNull()
  })

  it('comes empty as an empty array', async () => {
    expect((await api.ask('/functions?q=nothinglikethis')).body).toEqual([])
    expect((await api.ask('/functions?q=nothinglikethis&Limit=5')).body).toEqual([])
  })

  it.each(['/functions', '/cpt/functions'])('is walked from %s by its links', async (path) => {
    const seen: string[] = []
    let next: string | undefined = `${path}?OrderBy=-Name&Limit=10`
    while (next !== undefined) {
      const { body, headers }: { body: unknown; headers: Headers } = await api.ask(next)
      expect(headers.get('x-pagination-records')).toBe(String(COUNT))
      seen.push(...names(body))
      next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      if (next !== undefined) expect(next.startsWith(`${path}?`)).toBe(true)
    }
    expect(seen).toHaveLength(COUNT)
    expect(seen).toEqual(seen.toSorted().reverse())
  })

  it('tells the page before', async () => {
    const { headers } = await api.ask('/functions?Limit=10&Offset=5')
    expect(headers.get('link')).toContain('</functions?Limit=10&Offset=0>; rel="prev"')
  })

  it.each(['Field.accuracy', 'Field[accuracy]'])('is filtered and sorted by custom fields as %s', async (field) => {
    const { body, headers } = await api.ask(`/functions?${field}=0.5-&OrderBy=-Field.accuracy&Limit=3`)
    expect(names(body)).toEqual(['model 56', 'model 55', 'model 54'])
    expect(headers.get('x-pagination-records')).toBe('7')
  })

  it('leaves out by names in brackets what it leaves out by dots', async () => {
    const { headers } = await api.ask('/functions?Not[Field.accuracy]=0.5-&Has[Field.accuracy]=false&Limit=3')
    expect(headers.get('x-pagination-records')).toBe(
      (await api.ask('/functions?Not.Field.accuracy=0.5-&Has.Field.accuracy=false&Limit=3')).headers.get(
        'x-pagination-records',
      ),
    )
    expect((await api.ask('/functions?Not[Unknown]=1')).body).toMatchObject({ Field: { Name: 'Not[Unknown]' } })
    expect((await api.ask('/functions?Field=1')).status).toBe(422)
  })

  it('of the compatibility call takes its own parameters and no others', async () => {
    const { body } = await api.ask('/functions/compat?OrderBy=-Name&Limit=2&Offset=1')
    expect(names(body)).toEqual(['model 55', 'model 54'])
    expect(names((await api.ask('/functions/compat')).body)).toHaveLength(COUNT)
    expect((await api.ask('/functions/compat?q=x')).body).toMatchObject({ Field: { Name: 'q' } })
    expect((await api.ask('/functions/compat?OrderBy=InsertedAt')).status).toBe(422)
  })

  it('ends the work behind it when the reader goes away', async () => {
    const response = await api.app.request('/functions', {}, { caller: ada })
    await response.body?.cancel()
    expect((await api.ask('/functions?Limit=1')).status).toBe(200)
  })
})
