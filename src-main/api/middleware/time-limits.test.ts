import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { filesBelow, modelBytes } from '../../cabinet/testing/test-cabinet.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { createHoldableSpawn } from '../../processes/testing/holdable-spawn.ts'
import { isRunning } from '../../processes/testing/is-running.ts'
import { openTestApi, type TestApi, withForm, withJson } from '../testing/test-api.ts'

// Protects the promise of contract.md 1 with real processes that do not answer: an operation past its limit answers 504, what hung is killed,
// nothing is half written, and nobody else waits meanwhile. The limits are made all the same, and long enough for what does not hang on a busy machine.

let api: TestApi
let uuid: string
let before: unknown
const { spawn, hold, hasSpoken, release } = createHoldableSpawn(spawnNode)
beforeAll(async () => {
  api = await openTestApi({ timeLimit: () => 2_000 }, spawn)
  // Processes that are only starting may take longer than the limit of these tests.
  uuid = await vi.waitFor(() => add(1), { timeout: 120_000 })
  const checked = async () => expect((await api.ask(`/function/${uuid}`)).body).toMatchObject({ Runs: true })
  await vi.waitFor(checked, { timeout: 120_000 })
  await api.ask('/catalogues', withJson('POST', { Name: 'Full' }))
})
afterAll(async () => {
  expect(api.unexpected).toEqual([])
  await api.remove()
})
beforeEach(async () => {
  before = await state()
})
afterEach(release)

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

async function pidsOf(name: 'list' | 'reader'): Promise<number[]> {
  const { Processes } = Health.parse((await api.ask('/admin/health')).body)
  return Processes.filter(({ Name }) => Name === name).map(({ Pid }) => Pid)
}

/** Makes every process of a kind hang, as if it were in an endless loop. @returns their pids */
async function hang(name: 'list' | 'reader'): Promise<number[]> {
  const pids = await pidsOf(name)
  expect(pids.length).toBeGreaterThan(0)
  hold(pids)
  return pids
}

const timedOut = {
  status: 504,
  body: { Message: expect.stringMatching(/^Stopped after .+, the limit for this operation\. Nothing was changed\.$/) },
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
    const hanging = await hang(kind)
    const order: string[] = []
    const asked = api.ask(path, init).then((answer) => {
      order.push('the hanging one')
      return answer
    })
    for (const other of [`/function/${uuid}`, '/catalogues', `/function/${uuid}/history`, '/configuration']) {
      expect((await api.ask(other)).status).toBe(200)
      order.push(other)
    }
    expect(await asked).toMatchObject(timedOut)
    // What was received is gone when the answer is there.
    expect(await state()).toEqual(before)
    expect(order.at(-1)).toBe('the hanging one')
    // The process that had the work is gone; with those that only stood by it, the same is answered.
    await expect.poll(() => hanging.some((pid) => !isRunning(pid))).toBe(true)
    release()
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
  const ready = async () => (await pidsOf('list')).filter(hasSpoken).length
  await expect.poll(ready).toBeGreaterThanOrEqual(2)
  const [first = 0] = await pidsOf('list')
  hold([first])
  const answers = await Promise.all([1, 2, 3].map(() => api.ask('/functions?Limit=1')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 504])
  await expect.poll(() => isRunning(first)).toBe(false)
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
