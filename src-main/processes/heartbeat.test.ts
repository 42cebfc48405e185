import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchHeartbeat } from './heartbeat.ts'
import type { Channel, ExitReason } from './spawn/channel.ts'
import { relayChildren } from './spawn/relay-children.ts'
import { spawnNode } from './spawn/spawn-node.ts'

// Protects a window from a cabinet that hangs: nothing ends by itself then, and every request waits for ever.

let directory: string
let channel: Channel
let ended: Promise<ExitReason>
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'heartbeat-'))
  channel = spawnNode('cabinet', ['--data', directory, '--port', '0'])
  relayChildren(channel, spawnNode)
  ended = new Promise((resolve) => channel.onExit(resolve))
  await new Promise<void>((resolve) => {
    channel.onMessage((message) => kindOf(message) === 'open' && resolve())
  })
})
afterEach(async () => {
  channel.kill()
  await ended
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const kindOf = (message: unknown) =>
  typeof message === 'object' && message !== null && 'kind' in message ? message.kind : undefined
const messages = { ping: { kind: 'ping' }, isLongWork: (message: unknown) => kindOf(message) === 'long-work' }

function pongs(count: number): Promise<void> {
  let heard = 0
  return new Promise((resolve) => {
    channel.onMessage((message) => {
      if (kindOf(message) === 'pong' && ++heard === count) resolve()
    })
  })
}

test.skipIf(process.platform === 'win32')(
  'a cabinet that is stopped is ended, so that another can be started',
  async () => {
    watchHeartbeat(channel, messages, { every: 10, missed: 200 })
    await pongs(3)
    process.kill(channel.pid ?? 0, 'SIGSTOP')
    expect(await ended).toMatchObject({ signal: 'SIGKILL' })
  },
)

test('one that answers goes on, also after this process could do nothing for longer than it may be silent', async () => {
  const times = { every: 5, missed: 200 }
  watchHeartbeat(channel, messages, times)
  await pongs(10)
  // As a computer that sleeps.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * times.every * times.missed)
  await pongs(10)
  expect(channel.pid).toBeDefined()
})
