import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { filesBelow, modelBytes } from '../catalogue/testing/test-cabinet.ts'
import { openTestApi, type TestApi, withForm, withJson } from './testing/test-api.ts'

// Protects the promise of contract.md 1 with processes that really hang: an operation past its limit answers 504, what hung is killed,
// nothing is half written, and nobody else waits meanwhile. The limits are made all the same, and long enough for what does not hang on a busy machine.

vi.mock('../../src-contract/operations.ts', async (original) => {
  const { timeLimits } = await original<{ timeLimits: Record<string, number> }>()
  const limits = Object.keys(timeLimits).map((name) => [name, 2_000])
  return { timeLimits: Object.fromEntries(limits) }
})

let api: TestApi
let uuid: string
let before: unknown
beforeAll(async () => {
  api = await openTestApi()
  uuid = await add(1)
  const checked = async () => expect((await api.ask(`/function/${uuid}`)).body).toMatchObject({ Runs: true })
  await vi.waitFor(checked, { timeout: 20_000 })
  await api.ask('/catalogues', withJson('POST', { Name: 'Full' }))
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})
beforeEach(async () => {
  before = await state()
})
afterEach(async () => {
  for (const pid of stopped.splice(0)) isAlive(pid) && process.kill(pid, 'SIGCONT')
})

const upload = (seed: number) =>
  withForm('POST', { file: { bytes: new Uint8Array(modelBytes(seed)), name: 'model.onnx' } })

async function add(seed: number): Promise<string> {
  const { body } = await api.ask('/functions', upload(seed))
  return z.looseObject({ UUID: z.string() }).parse(body).UUID
}

const state = async () => ({
  files: await filesBelow(join(api.directory, 'files')),
  incoming: await filesBelow(api.cabinet.files.incoming),
  // Checks of earlier functions go on in the background.
  events: api.cabinet.events.since(0).filter(({ Kind }) => Kind !== 'function.checked').length,
})

const Health = z.looseObject({ Processes: z.array(z.looseObject({ Name: z.string(), Pid: z.number() })) })
const stopped: number[] = []

/** Makes every process of a kind stand still, as if it were in an endless loop. */
async function hang(name: 'list' | 'reader'): Promise<void> {
  const { Processes } = Health.parse((await api.ask('/admin/health')).body)
  stopped.push(...Processes.filter(({ Name }) => Name === name).map(({ Pid }) => Pid))
  for (const pid of stopped) process.kill(pid, 'SIGSTOP')
  expect(stopped.length).toBeGreaterThan(0)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const timedOut = {
  status: 504,
  body: { Message: expect.stringMatching(/^This took longer than .+ and was stopped\. Nothing was changed\.$/) },
}

describe.each([
  ['1 s', 'list', () => catalogueRequest()],
  ['5 s', 'list', () => ({ path: '/functions?Limit=10' })],
  ['5 s, streamed', 'list', () => ({ path: '/functions' })],
  ['5 s, for the compatible list', 'list', () => ({ path: '/functions/compat' })],
  ['15 s', 'reader', () => ({ path: `/function/${uuid}/graph` })],
  ['5 min, for a new function', 'reader', () => ({ path: '/functions', init: upload(2) })],
  ['5 min, for a new file', 'reader', () => ({ path: `/function/${uuid}`, init: { ...upload(3), method: 'PATCH' } })],
] as const)('an operation with a limit of %s', (_, kind, request) => {
  it(`whose ${kind} process hangs is answered with 504, and nobody else waits`, async () => {
    const { path, init } = { init: {}, ...(await request()) }
    await hang(kind)
    const order: string[] = []
    const hanging = api.ask(path, init).then((answer) => {
      order.push('the hanging one')
      return answer
    })
    for (const other of [`/function/${uuid}`, '/catalogues', `/function/${uuid}/history`, '/configuration']) {
      expect((await api.ask(other)).status).toBe(200)
      order.push(other)
    }
    expect(await hanging).toMatchObject(timedOut)
    expect(order.at(-1)).toBe('the hanging one')
    // What was received is thrown away on the heels of the answer.
    await expect.poll(state).toEqual(before)
    // The process that had the work is gone; with those that only stood by it, the same is answered.
    await expect.poll(() => stopped.some((pid) => !isAlive(pid))).toBe(true)
    for (const pid of stopped.splice(0)) isAlive(pid) && process.kill(pid, 'SIGCONT')
    await expect.poll(async () => (await api.ask(path, init)).status).toBe(200)
  })
})

async function catalogueRequest() {
  const { body } = await api.ask('/catalogues')
  const [catalogue] = z.array(z.looseObject({ UUID: z.string() })).parse(body)
  return { path: `/catalogue/${catalogue?.UUID}` }
}

it('a list that hangs does not hold up another list', async () => {
  // Two at once, so that two processes are there.
  await Promise.all([api.ask('/functions?Limit=1'), api.ask('/functions?Limit=1')])
  await expect
    .poll(async () => Health.parse((await api.ask('/admin/health')).body).Processes)
    .toSatisfy((processes: { Name: string }[]) => processes.filter(({ Name }) => Name === 'list').length >= 2)
  await hang('list')
  const [first = 0, ...rest] = stopped
  for (const pid of rest) process.kill(pid, 'SIGCONT')
  const answers = await Promise.all([1, 2, 3].map(() => api.ask('/functions?Limit=1')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 504])
  await expect.poll(() => isAlive(first)).toBe(false)
})

it('a stream whose rows stop coming is cut off, so that nobody takes a part for the whole', async () => {
  for (let seed = 0; seed < 610; seed++)
    await api.cabinet.functions.create({ name: 'Ada', scope: 'admin' }, { Name: `n ${seed}` }, {}, {})
  const response = await api.app.request('/functions', {}, { caller: { name: 'Ada', scope: 'admin' } })
  expect(response.status).toBe(200)
  const reader = response.body?.getReader()
  await reader?.read()
  await hang('list')
  await expect(
    (async () => {
      for (;;) if ((await reader?.read())?.done) return
    })(),
  ).rejects.toMatchObject({ code: 'time-out' })
})
