import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve, type TestServer } from '../../../network/testing/serve.ts'
import type { Cabinet } from '../../cabinet.ts'
import { modelBytes, openTestCabinet, type TestCabinet } from '../../testing/test-cabinet.ts'

/** A model, and what its file becomes later. */
export const model = modelBytes(1)
export const later = modelBytes(2)
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A cabinet and the server that its links lead to; a test says what the server answers and whether the network is away. */
export type LinkedCabinet = {
  context: TestCabinet
  cabinet: Cabinet
  server: TestServer
  answer: (request: IncomingMessage, response: ServerResponse) => void
  away: boolean
}

/** Opens both before the tests of a file and closes them after. */
export async function openLinkedCabinet(): Promise<LinkedCabinet & AsyncDisposable> {
  const server = await serve((request, response) => linked.answer(request, response))
  const context = await openTestCabinet({
    fixed: { maxUploadSize: 1_000_000 },
    links: {
      rules: {
        reach: () => true,
        edgeImpulse: server.url('/v1'),
        hub: server.url('/hub'),
        resolve: (_, reply) =>
          linked.away
            ? reply(Object.assign(new Error('away'), { code: 'EAI_AGAIN' }), [])
            : reply(null, [{ address: '127.0.0.1', family: 4 }]),
      },
      retry: { tries: 3, base: 1, cap: 5, offline: 60_000 },
    },
  })
  const linked = {
    context,
    cabinet: context.cabinet,
    server,
    answer: (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end(),
    away: false,
    async [Symbol.asyncDispose]() {
      await context.remove()
      await server[Symbol.asyncDispose]()
    },
  }
  return linked
}

/** Sends bytes as the whole of a file. */
export function send(response: ServerResponse, bytes: Uint8Array, headers: Record<string, string> = {}) {
  return response.writeHead(200, { 'Content-Length': String(bytes.length), ...headers }).end(bytes)
}
