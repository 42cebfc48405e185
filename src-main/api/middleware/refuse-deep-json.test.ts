import { afterAll, beforeAll, expect, it } from 'vitest'
import { refuseDeepJson } from '../../../src-contract/util/parse-json.ts'
import { openTestApi, type TestApi, withForm } from '../testing/test-api.ts'

// Protects the cabinet from JSON that ends the stack of whoever looks at it, and what was written from being unreadable later.

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.remove())

const nested = (levels: number) => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2)
const body = (details: string) =>
  `{"Name": "deep", "InputDriver": "vision", "InputDriverDetails": ${details}, "OutputDriver": "vision", "OutputDriverDetails": {}}`
const tooDeep = { status: 400, body: { Message: 'The JSON must be nested at most 200 levels deep.' } }

it.each([300, 2_000, 100_000])('refuses a body of %i levels in words', async (levels) => {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: body(nested(levels)) }
  expect(await api.ask('/functions', init)).toMatchObject(tooDeep)
  expect(await api.ask('/functions', withForm('POST', { data: body(nested(levels)) }))).toMatchObject(tooDeep)
  expect(api.unexpected).toEqual([])
})

it('takes what is deep within reason, and brackets in texts', async () => {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: body(nested(198)) }
  expect((await api.ask('/functions', init)).status).toBe(200)
  for (const text of [
    `["${'['.repeat(1_000)}"]`,
    `{"\\"${'{'.repeat(1_000)}\\\\": 1}`,
    `[${'[],'.repeat(1_000)}1]`,
    '"[',
    '',
  ])
    expect(() => refuseDeepJson(text)).not.toThrow()
})
