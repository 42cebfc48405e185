import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { LinkRequest } from '../../../../src-contract/contract/functions/link.ts'
import { ada } from '../../testing/test-cabinet.ts'
import { model, openLinkedCabinet, send } from './linked-cabinet.ts'

/** One linked cabinet for the tests of a file, and the words that they ask it in. */
export function oneLinkedCabinet() {
  let linked: Awaited<ReturnType<typeof openLinkedCabinet>>
  beforeAll(async () => {
    linked = await openLinkedCabinet()
  })
  beforeEach(() => {
    linked.server.requests.length = 0
  })
  afterAll(() => linked[Symbol.asyncDispose]())

  const body = (uuid: string) => linked.cabinet.functions.get(uuid).body
  const statusOf = (uuid: string) => body(uuid).Status
  const messageOf = (uuid: string) => body(uuid).SyncInformation.Message
  return {
    linked: () => linked,
    body,
    statusOf,
    messageOf,
    sendModel: (_: IncomingMessage, response: ServerResponse) => void send(response, model, { ETag: '"v1"' }),
    reaches: (uuid: string, status: string) =>
      expect.poll(() => [statusOf(uuid), messageOf(uuid)]).toEqual([status, status === 'ok' ? '' : expect.any(String)]),
    /** What the newest job says that failed, once its function is gone. */
    async failureOf(uuid: string): Promise<string> {
      await expect.poll(() => linked.cabinet.jobs.list()[0]?.State).toBe('failed')
      expect(() => body(uuid)).toThrow('no function')
      return linked.cabinet.jobs.list()[0]?.Message ?? ''
    },
    link: (request: unknown, caller = ada) => linked.cabinet.links.add(caller, LinkRequest.parse(request)).body,
  }
}
