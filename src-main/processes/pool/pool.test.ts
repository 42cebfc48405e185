import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { createNodeSpawn } from '../spawn/spawn-node.ts'
import { isRunning } from '../testing/is-running.ts'
import { tasks } from '../testing/tasks.ts'
import type { ChildFailure } from './child-failure.ts'
import { createPool, type Pool, type PoolOptions } from './pool.ts'

const file = (name: string) => fileURLToPath(new URL(`../testing/${name}`, import.meta.url))
const spawn = createNodeSpawn({ entryOf: () => file('child.ts') })
const deadline = 120_000

let pool: Pool
let folder: string

function open(options: Partial<PoolOptions> = {}): Pool {
  pool = createPool({ spawn, kind: 'reader', size: 1, spare: 1, ...options })
  return pool
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pool-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await pool.close()
  await rm(folder, { recursive: true })
})

async function failureOf(work: Promise<unknown>): Promise<ChildFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ name: 'ChildFailure' })
  return error as ChildFailure
}

describe('a task that goes wrong', () => {
  it('kills a child that blocks its main thread, at the deadline', async () => {
    open({ spare: 0 })
    const pid = await pool.run(tasks.pid, null, { deadline })
    const failure = await failureOf(pool.run(tasks.spin, null, { deadline: 50 }))
    expect(failure).toMatchObject({ kind: 'deadline', code: 'time-out', message: expect.stringContaining('0.05 s') })
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it('kills the child on abort and rejects with the reason', async () => {
    open({ spare: 0 })
    const pid = await pool.run(tasks.pid, null, { deadline })
    const abort = new AbortController()
    const work = pool.run(tasks.spin, null, { deadline, signal: abort.signal })
    abort.abort(new Problem('time-out', 'Too late.'))
    await expect(work).rejects.toThrow('Too late.')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it('reports a crash and goes on with another process', async () => {
    open()
    const failure = await failureOf(pool.run(tasks.exit, { code: 7 }, { deadline }))
    expect(failure).toMatchObject({ kind: 'crash', message: expect.stringContaining('code 7') })
    expect(await pool.run(tasks.add, { left: 1, right: 2 }, { deadline })).toBe(3)
  })

  it('tells a process that took too much memory from one that crashed', async () => {
    vi.stubEnv('TEST_MEMORY_LIMIT', String(256 * 1024 * 1024))
    open()
    expect((await failureOf(pool.run(tasks.hoard, null, { deadline }))).kind).toBe('memory')
  })

  it('rejects what waits when the program does not come up, with what it said', async () => {
    open({ spawn: createNodeSpawn({ entryOf: () => file('broken-child.ts') }) })
    const failure = await failureOf(pool.run(tasks.pid, null, { deadline }))
    expect(failure).toMatchObject({ kind: 'startup', cause: expect.stringContaining('the program is broken') })
    expect((await failureOf(pool.run(tasks.pid, null, { deadline }))).kind).toBe('startup')
    expect(pool.pids()).toEqual([])
  })

  it('says that the machine is busy where a program does not say in time that it is ready', async () => {
    open({ spawn: createNodeSpawn({ entryOf: () => file('silent-child.ts') }), startupLimit: 100 })
    const failure = await failureOf(pool.run(tasks.pid, null, { deadline }))
    expect(failure).toMatchObject({ kind: 'busy', code: 'unavailable', message: expect.stringContaining('busy') })
  })

  it('says that it can be tried again where the system has no more files to start a process with', async () => {
    const refused = { code: null, signal: null, output: 'spawn node EMFILE' }
    open({
      spawn: () => ({
        pid: undefined,
        post() {},
        onMessage: () => () => {},
        onExit(listener) {
          queueMicrotask(() => listener(refused))
          return () => {}
        },
        kill() {},
      }),
    })
    const failure = await failureOf(pool.run(tasks.pid, null, { deadline }))
    expect(failure).toMatchObject({ kind: 'busy', code: 'unavailable', message: expect.stringContaining('Try again') })
  })

  it('rebuilds a Problem with its code, sentence and field', async () => {
    open()
    const work = pool.run(tasks.refuse, { field: 'Inputs.x' }, { deadline })
    await expect(work).rejects.toMatchObject({
      name: 'Problem',
      code: 'invalid',
      message: 'It is not to be had.',
      field: 'Inputs.x',
    })
  })

  it('reports any other error as unexpected, with the stack of the child as its cause', async () => {
    open()
    const work = pool.run(tasks.throwError, null, { deadline })
    await expect(work).rejects.toMatchObject({
      code: 'unexpected',
      message: 'something broke',
      cause: expect.stringContaining('child.ts'),
    })
  })

  it('refuses an answer of the wrong shape', async () => {
    open()
    await expect(pool.run(tasks.misanswer, null, { deadline })).rejects.toThrow('unexpected response')
  })

  it('keeps only the end of what a child shouts, and is not harmed by it', async () => {
    open()
    expect(await pool.run(tasks.shout, { bytes: 4 * 1024 * 1024 }, { deadline })).toBe(4 * 1024 * 1024)
    const failure = await failureOf(pool.run(tasks.exit, { code: 1 }, { deadline }))
    expect(failure.exit?.output.length).toBeLessThanOrEqual(8 * 1024)
  })
})

describe('processes', () => {
  it('hands the next task to a spare that already stands ready', async () => {
    open()
    await pool.run(tasks.pid, null, { deadline })
    const abort = new AbortController()
    const stuck = pool.run(tasks.spin, null, { deadline, signal: abort.signal })
    await expect.poll(() => pool.pids()).toHaveLength(2)
    const before = pool.pids()
    abort.abort(new Error('enough'))
    await expect(stuck).rejects.toThrow('enough')
    expect(before).toContain(await pool.run(tasks.pid, null, { deadline }))
  })

  it('starts no further process for a task that is done before a spare would be of use', async () => {
    open({ size: 2, spareDelay: 600_000 })
    const first = await pool.run(tasks.pid, null, { deadline })
    expect(await pool.run(tasks.pid, null, { deadline })).toBe(first)
    expect(pool.pids()).toEqual([first])
  })

  it('uses a process again, unless the task asks for its retirement', async () => {
    open({ spare: 0 })
    const first = await pool.run(tasks.pid, null, { deadline })
    expect(await pool.run(tasks.retire, null, { deadline })).toBe(first)
    expect(await pool.run(tasks.pid, null, { deadline })).not.toBe(first)
    await expect.poll(() => isRunning(first)).toBe(false)
  })

  it('does interactive tasks first, each kind in the order it came', async () => {
    open()
    const path = join(folder, 'go')
    const order: string[] = []
    const start = (label: string, priority: 'interactive' | 'background') =>
      pool.run(tasks.waitForFile, { path, label }, { deadline, priority, onProgress: () => order.push(label) })
    const first = start('first', 'background')
    await expect.poll(() => order).toEqual(['first'])
    const rest = [
      start('later', 'background'),
      start('latest', 'background'),
      start('soon', 'interactive'),
      start('sooner', 'interactive'),
    ]
    await writeFile(path, '')
    await Promise.all([first, ...rest])
    expect(order).toEqual(['first', 'soon', 'sooner', 'later', 'latest'])
  })

  it('works on as many tasks at once as its size says, not on more', async () => {
    open({ size: 2 })
    const path = join(folder, 'go')
    let working = 0
    let most = 0
    const onProgress = () => {
      working++
      most = Math.max(most, working)
    }
    const all = ['a', 'b', 'c', 'd', 'e'].map((label) =>
      pool.run(tasks.waitForFile, { path, label }, { deadline, onProgress }).finally(() => working--),
    )
    await expect.poll(() => working).toBe(2)
    await writeFile(path, '')
    await Promise.all(all)
    expect(most).toBe(2)
  })

  it('keeps a place free of background tasks for somebody who waits', async () => {
    open({ size: 2 })
    const path = join(folder, 'go')
    const started: string[] = []
    const background = ['a', 'b'].map((label) =>
      pool.run(
        tasks.waitForFile,
        { path, label },
        { deadline, priority: 'background', onProgress: () => started.push(label) },
      ),
    )
    await expect.poll(() => started).toEqual(['a'])
    expect(await pool.run(tasks.add, { left: 1, right: 2 }, { deadline })).toBe(3)
    expect(started).toEqual(['a'])
    await writeFile(path, '')
    await Promise.all(background)
    expect(started).toEqual(['a', 'b'])
  })

  it('lets a process go on whose task outlives its signal, and takes one that waits out of the queue', async () => {
    open()
    const path = join(folder, 'go')
    const started: string[] = []
    const abort = new AbortController()
    const begin = (label: string) =>
      pool.run(
        tasks.waitForFile,
        { path, label },
        { deadline, signal: abort.signal, outlivesSignal: true, onProgress: () => started.push(label) },
      )
    const given = Promise.allSettled([begin('at work'), begin('waiting')])
    await expect.poll(() => started).toEqual(['at work'])
    const [pid] = pool.pids()
    abort.abort(new Error('typed on'))
    for (const outcome of await given) expect(outcome).toMatchObject({ reason: { message: 'typed on' } })
    await writeFile(path, '')
    expect(await pool.run(tasks.pid, null, { deadline })).toBe(pid)
    expect(started).toEqual(['at work'])
  })

  it('takes an aborted task out of the queue without touching the one at work', async () => {
    open()
    const path = join(folder, 'go')
    const working = pool.run(tasks.waitForFile, { path, label: 'a' }, { deadline })
    const abort = new AbortController()
    const waiting = pool.run(tasks.pid, null, { deadline, signal: abort.signal })
    abort.abort(new Error('not wanted'))
    await expect(waiting).rejects.toThrow('not wanted')
    await writeFile(path, '')
    expect((await working).label).toBe('a')
  })

  it('ends superfluous processes when they have idled', async () => {
    open({ size: 3, spare: 1, idleLimit: 50 })
    const path = join(folder, 'go')
    const started: string[] = []
    const work = ['a', 'b', 'c'].map((label) =>
      pool.run(tasks.waitForFile, { path, label }, { deadline, onProgress: () => started.push(label) }),
    )
    await expect.poll(() => started).toHaveLength(3)
    await writeFile(path, '')
    await Promise.all(work)
    await expect.poll(() => pool.pids()).toHaveLength(1)
  })

  it('leaves no process when closed, refuses what waits and what comes after', async () => {
    open()
    const pid = await pool.run(tasks.pid, null, { deadline })
    const working = pool.run(tasks.spin, null, { deadline })
    const waiting = pool.run(tasks.pid, null, { deadline })
    const outcomes = Promise.allSettled([working, waiting])
    const all = pool.pids()
    expect(all).toContain(pid)
    await pool.close()
    expect(all.filter(isRunning)).toEqual([])
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'unavailable' } })
    await expect(pool.run(tasks.pid, null, { deadline })).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('messages', () => {
  it('carries big binary data and big integers both ways', async () => {
    open()
    const sent = { data: new Float32Array(1_000_000).fill(0.5), id: 2n ** 63n }
    const Sent = z.object({ data: z.instanceof(Float32Array), id: z.bigint() })
    const received = Sent.parse(await pool.run(tasks.echo, sent, { deadline }))
    expect(received.id).toBe(sent.id)
    expect(received.data).toHaveLength(sent.data.length)
    expect(received.data.every((value) => value === 0.5)).toBe(true)
  })

  it("puts the pool's arguments into the child's", async () => {
    open({ args: ['--data', 'some folder'] })
    expect(await pool.run(tasks.args, null, { deadline })).toEqual(['--data', 'some folder'])
  })
})
