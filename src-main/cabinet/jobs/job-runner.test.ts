import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { CabinetEvent } from '../../../src-contract/contract/admin/event.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { openStore, type Store } from '../../store/open-store.ts'
import { createEventRepository } from '../../store/repositories/event-repository.ts'
import { type ChangeLog, createChangeLog } from '../kernel/change-log.ts'
import { defineJob, type JobKindOptions, JobPostponed } from './job-definition.ts'
import { createJobRunner, type JobRunner } from './job-runner.ts'

const caller = { name: 'ann', scope: 'write' as const }
const Input = z.object({ upTo: z.int() })
const Checkpoint = z.object({ next: z.int() })
type Options = JobKindOptions<z.infer<typeof Input>, z.infer<typeof Checkpoint>>

let directory: string
let store: Store
let changeLog: ChangeLog
let runner: JobRunner
let logged: unknown[]

function open(): void {
  store = openStore(directory)
  changeLog = createChangeLog(store, createEventRepository(store.database))
  logged = []
  runner = createJobRunner({ store, changeLog, log: (error) => logged.push(error) })
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cabinet-jobs-'))
  open()
  store.database.exec('CREATE TABLE counted (number INTEGER) STRICT')
})
afterEach(async () => {
  await runner.close()
  store.close()
  await rm(directory, { recursive: true, force: true })
})

/** Writes the numbers up to a limit into a table, one a transaction with its checkpoint. */
function counting(at?: (next: number, signal: AbortSignal) => Promise<void> | void): Options {
  return {
    kind: 'import',
    input: Input,
    checkpoint: Checkpoint,
    atOnce: 1,
    title: ({ upTo }) => `Counting to ${upTo}`,
    async run({ upTo }, job) {
      for (let next = job.checkpoint?.next ?? 0; next < upTo; next++) {
        await at?.(next, job.signal)
        store.change(() => {
          store.database.prepare('INSERT INTO counted VALUES (?)').run(next)
          job.save({ next: next + 1 })
        })
        job.progress({ done: next + 1, total: upTo, unit: 'numbers' })
        await job.breathe()
      }
      return { result: { Counted: upTo } }
    },
  }
}

const register = (options: Options) => runner.register(defineJob(options))
const counted = () => store.database.prepare('SELECT number FROM counted ORDER BY rowid').pluck().all()
const upTo = (limit: number) => Array.from({ length: limit }, (_, index) => index)
const stateOf = (uuid: string) => runner.get(uuid).State
const reaches = (uuid: string, state: string) => expect.poll(() => stateOf(uuid), { interval: 5 }).toBe(state)

/** A place where a job stands still until it is let go or interrupted. */
function gate(at: number) {
  const arrived = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  return {
    arrived: arrived.promise,
    open: left.resolve,
    async pass(next: number, signal: AbortSignal) {
      if (next !== at) return
      arrived.resolve()
      const aborted = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      )
      await Promise.race([left.promise, aborted])
    },
  }
}

test('input that does not fit its kind is refused at the start, and a kind that is not known too', () => {
  register(counting())
  expect(() => runner.start(caller, 'import', { upTo: 'many' })).toThrow(z.ZodError)
  expect(() => runner.start(caller, 'backup', {})).toThrow(Problem)
  expect(runner.list()).toEqual([])
})

test('a job that fails says why in the words of its Problem', async () => {
  register(
    counting((next) => {
      if (next === 2) throw new Problem('invalid', 'Two is too many.')
    }),
  )
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 5 })
  await reaches(UUID, 'failed')
  expect(runner.get(UUID)).toMatchObject({ Message: 'Two is too many.', Done: 2, Total: 5, Unit: 'numbers' })
  expect(logged).toEqual([])
})

test('an error of the program itself is logged', async () => {
  const error = new TypeError('undefined is not a function')
  register(counting(() => Promise.reject(error)))
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  await reaches(UUID, 'failed')
  expect(logged).toEqual([error])
})

test('a job whose transaction is rolled back never runs', async () => {
  let ran = 0
  register(counting(() => void ran++))
  runner.open()
  expect(() =>
    changeLog.change(() => {
      runner.start(caller, 'import', { upTo: 1 })
      throw new Error('no')
    }),
  ).toThrow('no')
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  await reaches(UUID, 'done')
  expect(ran).toBe(1)
  expect(runner.list()).toHaveLength(1)
})

test('cancelling stops the work, tells its kind, and retrying goes on without doing anything twice', async () => {
  const defeats: unknown[] = []
  const stop = gate(3)
  register({
    ...counting(stop.pass),
    defeated: (input, checkpoint, defeat) => defeats.push([input, checkpoint, defeat.state]),
  })
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 6 })
  await stop.arrived
  expect(runner.cancel(caller, UUID)).toMatchObject({ State: 'cancelled', EndedAt: expect.any(String) })
  expect(defeats).toEqual([[{ upTo: 6 }, { next: 3 }, 'cancelled']])
  expect(() => runner.cancel(caller, UUID)).toThrow('was cancelled')
  stop.open()
  // At once, while the cancelled run may still be unwinding.
  runner.retry(caller, UUID)
  await reaches(UUID, 'done')
  expect(counted()).toEqual(upTo(6))
})

test('retrying a job whose transaction failed does again what was undone', async () => {
  let isFull = true
  const { run, ...rest } = counting()
  register({
    ...rest,
    run: (input, job) =>
      run(input, {
        ...job,
        save(checkpoint) {
          job.save(checkpoint)
          if (isFull && checkpoint.next === 4) throw new Problem('storage-full', 'The disk is full.')
        },
      }),
  })
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 6 })
  await reaches(UUID, 'failed')
  expect(counted()).toEqual(upTo(3))
  isFull = false
  runner.retry(caller, UUID)
  await reaches(UUID, 'done')
  expect(counted()).toEqual(upTo(6))
})

test('a waiting job that is cancelled never runs', async () => {
  const stop = gate(0)
  register(counting(stop.pass))
  runner.open()
  const first = runner.start(caller, 'import', { upTo: 1 }).UUID
  await stop.arrived
  const second = runner.start(caller, 'import', { upTo: 9 }).UUID
  runner.cancel(caller, second)
  stop.open()
  await reaches(first, 'done')
  expect(stateOf(second)).toBe('cancelled')
  expect(counted()).toEqual([0])
})

test('a paused job stands still until it is resumed, and goes on where it was', async () => {
  const stop = gate(2)
  register(counting(stop.pass))
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 4 })
  await stop.arrived
  expect(runner.pause(caller, UUID).State).toBe('paused')
  expect(() => runner.pause(caller, UUID)).toThrow('is paused')
  stop.open()
  runner.resume(caller, UUID)
  await reaches(UUID, 'done')
  expect(counted()).toEqual(upTo(4))
})

test('what cannot be paused says so', async () => {
  const stop = gate(0)
  register({ ...counting(stop.pass), indivisible: 'A benchmark cannot be paused.' })
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  await stop.arrived
  expect(() => runner.pause(caller, UUID)).toThrow('A benchmark cannot be paused.')
})

test('a job goes on after the program was closed', async () => {
  const stop = gate(2)
  register(counting(stop.pass))
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 4 })
  await stop.arrived
  await runner.close()
  store.close()
  open()
  register(counting())
  runner.open()
  await reaches(UUID, 'done')
  expect(counted()).toEqual(upTo(4))
  expect(runner.get(UUID)).toMatchObject({ Done: 4, Result: { Counted: 4 } })
})

/** Leaves the rows as the program leaves them when it is killed. */
async function kill(): Promise<void> {
  const rows = store.database.prepare('SELECT uuid, state, progress FROM job').all()
  await runner.close()
  const restore = store.database.prepare('UPDATE job SET state = :state, progress = :progress WHERE uuid = :uuid')
  for (const row of rows) restore.run(row)
  store.close()
  open()
}

test('a job in whose midst the program dies again and again is left alone, until a person retries it', async () => {
  let stop = gate(0)
  register(counting(stop.pass))
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 2 })
  for (const _ of [1, 2, 3]) {
    await stop.arrived
    await kill()
    stop = gate(0)
    register(counting(stop.pass))
    runner.open()
  }
  expect(stateOf(UUID)).toBe('failed')
  expect(runner.get(UUID).Message).toContain('3 times')
  runner.retry(caller, UUID)
  await stop.arrived
  stop.open()
  await reaches(UUID, 'done')
  expect(counted()).toEqual([0, 1])
})

test('what cannot go on from the middle fails at the next start and says so', async () => {
  const stop = gate(0)
  const options = { ...counting(stop.pass), indivisible: 'no pause' }
  register(options)
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  await stop.arrived
  await kill()
  register(options)
  runner.open()
  expect(runner.get(UUID)).toMatchObject({ State: 'failed', Message: expect.stringContaining('Retry') })
})

test('a postponed job waits, says why, and is called again by itself or on demand', async () => {
  const delays = [1, 1_000_000]
  register(
    counting(() => {
      const delay = delays.shift()
      if (delay !== undefined) throw new JobPostponed('There is no network.', delay)
    }),
  )
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  await expect.poll(() => delays.length).toBe(0)
  await reaches(UUID, 'waiting')
  expect(runner.get(UUID).Message).toBe('There is no network.')
  runner.resume(caller, UUID)
  await reaches(UUID, 'done')
})

test('at most as many run as their kind allows, in the order in which they were started', async () => {
  let running = 0
  let most = 0
  const order: number[] = []
  register({
    ...counting(),
    atOnce: 2,
    async run(input, job) {
      order.push(input.upTo)
      most = Math.max(most, ++running)
      await job.breathe()
      running--
      return { result: null }
    },
  })
  runner.open()
  const uuids = upTo(7).map((number) => runner.start(caller, 'import', { upTo: number }).UUID)
  for (const uuid of uuids) await reaches(uuid, 'done')
  expect(most).toBe(2)
  expect(order).toEqual(upTo(7))
})

test('failures are all counted, the first 500 kept, and retrying a done job starts anew', async () => {
  let bad = true
  register({
    ...counting(),
    async run({ upTo }, job) {
      if (bad) for (let next = 0; next < upTo; next++) job.failure(`file ${next}`, 'Not a model.')
      return { result: null, message: 'Looked at all.' }
    },
  })
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 700 })
  await reaches(UUID, 'done')
  expect(runner.get(UUID)).toMatchObject({ FailureCount: 700, Message: 'Looked at all.' })
  expect(runner.get(UUID).Failures).toHaveLength(500)
  expect(runner.list()[0]?.Failures).toHaveLength(20)
  bad = false
  runner.retry(caller, UUID)
  await reaches(UUID, 'done')
  expect(runner.get(UUID)).toMatchObject({ FailureCount: 0, Failures: [] })
  expect(() => runner.retry(caller, UUID)).toThrow('nothing to retry')
})

test('changes of state stand in the audit log with who made them; progress is told but not kept', async () => {
  const events: CabinetEvent[] = []
  changeLog.subscribe((event) => events.push(event))
  register(counting())
  runner.open()
  const { UUID } = runner.start(caller, 'import', { upTo: 3 })
  await reaches(UUID, 'done')
  expect(changeLog.audit({ limit: 10 }).map(({ Kind, UUID, By, Summary }) => [Kind, UUID, By, Summary])).toEqual([
    ['job.changed', UUID, 'ann', 'Counting to 3'],
    ['job.changed', UUID, 'ann', 'Counting to 3'],
  ])
  expect(events.filter(({ Id }) => Id === 0).length).toBeGreaterThan(0)
})

// Protects every job from a disk that takes nothing for a moment: it would wait, or seem to run, until the next start.
test.each(['begins', 'ends'])('a job goes on where its row could not be written as it %s', async (moment) => {
  runner.open()
  const takes = (on: boolean) => store.database.pragma(`query_only = ${on ? 'OFF' : 'ON'}`)
  register({
    ...counting(),
    async run() {
      if (moment === 'ends' && logged.length === 0) takes(false)
      return { result: null }
    },
  })
  const { UUID } = runner.start(caller, 'import', { upTo: 1 })
  if (moment === 'begins') takes(false)
  await expect.poll(() => logged.length).toBeGreaterThan(0)
  takes(true)
  await reaches(UUID, 'done')
})
