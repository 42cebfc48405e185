import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { errorCode } from '../files/disk-problem.ts'
import { answerOnSocket, answerProblem, cutOff } from './answer.ts'
import { type Allowed, guarded, type Respond } from './guard.ts'

export const DEFAULT_PORT = 8807

/** Time that requests under way get to finish when the server closes, in milliseconds. */
const CLOSING_GRACE = 500

/** Bytes: an address may have 1,000 UUIDs in each of its lists (contract.md 3), with each also as what is left out. */
const HEADERS_LIMIT = 256 * 1024

export type ListenOptions = {
  /** `127.0.0.1`, `localhost` or `::1`. */
  host: string
  /** 0: a free one; undefined: the usual one, or a free one where that cannot be had. */
  port: number | undefined
  usual?: number
  respond: Respond
  allowed: () => Allowed
}

export type Listening = {
  url: string
  port: number
  /** Stops listening; requests that are not done half a second later are cut off. */
  close(): Promise<void>
}

/**
 * Opens the local port. Nothing but the loopback interface is ever listened on.
 * @throws Problem where the host is none of loopback, or the port asked for is taken or not allowed
 */
export async function listen({
  host,
  port,
  usual = DEFAULT_PORT,
  respond,
  allowed,
}: ListenOptions): Promise<Listening> {
  if (!['127.0.0.1', 'localhost', '::1'].includes(host)) {
    throw new Problem('invalid', `--host must be 127.0.0.1, localhost or ::1: Model Cabinet serves this computer only.`)
  }
  const open = new WeakMap<Duplex, ServerResponse>()
  const server = createServer({
    maxHeaderSize: HEADERS_LIMIT,
    headersTimeout: 10_000,
    requestTimeout: 330_000,
    keepAliveTimeout: 30_000,
    requireHostHeader: false,
  })
  const boundTo = await bind(server, host, port, usual)
  const receive = guarded(boundTo, respond, open, allowed)
  server.on('request', receive)
  server.on('checkExpectation', (_, response) =>
    answerProblem(response, new Problem('malformed', 'Only `Expect: 100-continue` is supported.')),
  )
  server.on('connect', (_, socket) =>
    answerOnSocket(socket, 405, 'Model Cabinet is not a proxy: CONNECT is not supported.'),
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseBroken(error, socket, open.get(socket)))

  const url = `http://${host === '::1' ? '[::1]' : host}:${boundTo}`
  return { url, port: boundTo, close: () => close(server) }
}

async function bind(server: Server, host: string, port: number | undefined, usual: number): Promise<number> {
  try {
    return await bindTo(server, host, port ?? usual)
  } catch (error) {
    const code = errorCode(error)
    const cannotBeHad = code === 'EADDRINUSE' || code === 'EACCES'
    if (cannotBeHad && port === undefined) return await bindTo(server, host, 0)
    if (code === 'EADDRINUSE') {
      throw new Problem('conflict', `Port ${port} is in use by another program. Choose another port.`, {
        field: 'Port',
      })
    }
    if (code === 'EACCES') {
      throw new Problem('forbidden', `You do not have permission to listen on port ${port}.`, { field: 'Port' })
    }
    throw error
  }
}

function bindTo(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(portOf(server.address()))
    })
  })
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port')
  return address.port
}

/** Connections that were answered and may still send: Node tells of an error for each further piece. */
const refused = new WeakSet<Duplex>()

/** What Node's parser could not make a request of, or a body that broke off in the middle. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex, response: ServerResponse | undefined): void {
  if (refused.has(socket) && error.code !== 'ECONNRESET') return
  const answered = response?.headersSent && !response.writableFinished
  if (error.code === 'ECONNRESET' || !socket.writable || answered) {
    socket.destroy()
    return
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') answerOnSocket(socket, 431, 'The headers of this request are too large.')
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
    answerOnSocket(socket, 408, 'The request took too long to arrive.')
  else answerOnSocket(socket, 400, 'The HTTP request is malformed or ended early. Nothing was changed.')
  refused.add(socket)
  // What is still being sent is taken in first: a connection that is cut while it sends loses the answer.
  cutOff(socket, socket)
  socket.once('end', () => socket.end())
  socket.resume()
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), CLOSING_GRACE).unref()
  })
}
