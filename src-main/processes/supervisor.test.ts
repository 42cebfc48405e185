import { afterEach, expect, it, vi } from 'vitest'
import type { SupervisorState } from '../../src-contract/contract/desktop/bridge.ts'
import { type Connection, type Supervisor, supervise } from './supervisor.ts'

/** Something that runs until the test ends it. */
function connection(value: string): Connection<string> & { end(): void } {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  return {
    value,
    ended,
    end,
    async close() {
      end()
    },
  }
}

let supervisor: Supervisor<string>
afterEach(() => supervisor.close())

function told(): SupervisorState['state'][] {
  const states: SupervisorState['state'][] = []
  supervisor.onState(({ state }) => states.push(state))
  return states
}

it('fails in words when it cannot be started, and recovers when it can', async () => {
  let works = false
  supervisor = supervise({
    connect: async () => {
      if (!works) throw new Error('The disk is gone.')
      return connection('back')
    },
    pauses: [1, 1, 5],
  })
  const states = told()
  await expect(supervisor.get()).rejects.toMatchObject({ code: 'unavailable', message: 'The disk is gone.' })
  expect(supervisor.state).toMatchObject({ state: 'failed', message: 'The disk is gone.' })
  works = true
  await expect.poll(() => supervisor.state.state).toBe('ready')
  expect(await supervisor.get()).toBe('back')
  expect(states.slice(0, 1)).toEqual(['failed'])
})

it('does not let a request wait for ever', async () => {
  supervisor = supervise({
    connect: (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
    patience: 5,
  })
  await expect(supervisor.get()).rejects.toMatchObject({ code: 'unavailable' })
})

it('refuses what waits when it is closed', async () => {
  supervisor = supervise({ connect: (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)) })
  const waiting = supervisor.get()
  await Promise.all([expect(waiting).rejects.toThrow('closing'), supervisor.close()])
})

it('starts what ended again, says so, and lets requests wait for it', async () => {
  const first = connection('first')
  const second = connection('second')
  const waiting = [first, second]
  let mayStart = Promise.resolve()
  supervisor = supervise({
    connect: async () => {
      await mayStart
      const next = waiting.shift()
      if (!next) throw new Error('none left')
      return next
    },
  })
  const states = told()
  expect(await supervisor.get()).toBe('first')

  const gate = Promise.withResolvers<void>()
  mayStart = gate.promise
  first.end()
  await expect.poll(() => supervisor.state).toMatchObject({ state: 'restarting', restarts: 1 })
  const request = supervisor.get()
  gate.resolve()
  expect(await request).toBe('second')
  expect(states).toEqual(['ready', 'restarting', 'ready'])
  expect(supervisor.state.message).toBe('The cabinet is running again.')
})

it('ends what runs when it is closed, and starts nothing after', async () => {
  const connect = vi.fn(async () => connection('only'))
  supervisor = supervise({ connect })
  await supervisor.get()
  await supervisor.close()
  expect(connect).toHaveBeenCalledTimes(1)
  expect(supervisor.state.state).toBe('ready')
})
