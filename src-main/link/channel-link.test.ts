import { once } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import type { Channel, ExitReason } from '../processes/spawn/channel.ts'
import { createListeners } from '../processes/spawn/listeners.ts'
import { createChannelLink } from './channel-link.ts'
import type { CabinetLink } from './link.ts'
import { type CabinetLinkService, serveLink } from './serve-link.ts'

// Protects the window from hanging or from another request's answer when the cabinet refuses, is slow, or dies.

const endpoint = { url: null, tokenFile: '/token', dataDirectory: '/data', attached: false, version: '0.0.0' }
const never = new AbortController().signal
const get = (path: string) => ({ id: path, method: 'GET', path, headers: {} }) as const

let ports: MessageChannel
let exits: ReturnType<typeof createListeners<ExitReason>>
let asked: { path: string; signal: AbortSignal; answer(body: string): void; refuse(error: Error): void }[]
let emit: Parameters<CabinetLinkService['subscribe']>[0]
let link: CabinetLink

/** One end of a real message port, as a child process' channel. */
const listenTo = (port: MessagePort) => (listener: (message: unknown) => void) => {
  port.on('message', listener)
  return () => port.off('message', listener)
}

beforeEach(async () => {
  ports = new MessageChannel()
  exits = createListeners()
  asked = []
  const channel: Channel = {
    pid: 1,
    post: (message) => ports.port1.postMessage(message),
    onMessage: listenTo(ports.port1),
    onExit: exits.add,
    kill: () => exits.emit({ code: null, signal: 'SIGKILL', output: '' }),
  }
  const opened = once(ports.port1, 'message')
  const service: CabinetLinkService = {
    endpoint: () => endpoint,
    onMoved() {},
    request: ({ path }, signal) =>
      new Promise((resolve, reject) =>
        asked.push({
          path,
          signal,
          answer: (body) => resolve({ status: 200, headers: {}, body }),
          refuse: reject,
        }),
      ),
    save: async ({ destination }) => {
      if (destination === '/full') throw new Problem('storage-full', 'The disk is full.')
    },
    subscribe(listener) {
      emit = listener
      return () => {}
    },
  }
  serveLink({ post: (message) => ports.port2.postMessage(message), onMessage: listenTo(ports.port2) }, service)
  expect((await opened)[0]).toEqual({ kind: 'open', endpoint })
  link = createChannelLink(channel, endpoint)
})
afterEach(() => ports.port1.close())

const arrived = (count: number) => expect.poll(() => asked.length).toBe(count)

it('fails what waits when the cabinet dies, and what is asked after', async () => {
  const waiting = link.request(get('/slow'), never)
  await arrived(1)
  exits.emit({ code: null, signal: 'SIGKILL', output: '' })
  await expect(waiting).rejects.toMatchObject({ code: 'unavailable' })
  await expect(link.request(get('/late'), never)).rejects.toMatchObject({ code: 'unavailable' })
})

it('passes a problem on with its code', async () => {
  await expect(link.save({ path: '/x', destination: '/full' }, never)).rejects.toMatchObject({
    code: 'storage-full',
    message: 'The disk is full.',
  })
  const refused = link.request(get('/broken'), never)
  await arrived(1)
  asked[0]?.refuse(new TypeError('a mistake'))
  await expect(refused).rejects.toMatchObject({ code: 'unexpected', message: 'a mistake' })
})

it('cancels what is being done over there', async () => {
  const stop = new AbortController()
  const waiting = link.request(get('/slow'), stop.signal)
  await arrived(1)
  stop.abort()
  await expect.poll(() => asked[0]?.signal.aborted).toBe(true)
  asked[0]?.refuse(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
})

it('does not send what was cancelled before', async () => {
  await expect(link.request(get('/x'), AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
  expect(asked).toEqual([])
})

it('gives each request its own answer, in whatever order they come', async () => {
  const [first, second] = [link.request(get('/first'), never), link.request(get('/second'), never)]
  await arrived(2)
  asked[1]?.answer('second')
  asked[0]?.answer('first')
  expect([await first, await second].map(({ body }) => body)).toEqual(['first', 'second'])
})

it('tells of events and of the end', async () => {
  const event = {
    Id: 1,
    At: '2026-01-01T00:00:00Z',
    Kind: 'job.changed',
    UUID: null,
    By: 'Ada',
    Summary: 'Done',
  } as const
  const heard = new Promise((resolve) => link.onEvent(resolve))
  emit(event)
  expect(await heard).toEqual(event)
})
