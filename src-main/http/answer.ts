import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import type { Problem } from '../../src-contract/contract/admin/problem.ts'
import { safeHeaders } from '../api/middleware/safe-headers.ts'

/** Answers with the Message body before the API is reached. The connection ends, for a body may still be under way. */
export function answerProblem(response: ServerResponse, problem: Problem): void {
  const body = JSON.stringify(problem.toMessage())
  response.writeHead(problem.status, {
    ...safeHeaders,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  })
  response.end(body)
}

/** Milliseconds in which the rest of a refused body is taken in, so that the client gets to read the refusal. */
const DRAIN_LIMIT = 30_000

/** Milliseconds between two turns of taking in, and pieces of some 64 kB in each: as much a second as a fast disk takes. */
const TURN = 1
const PIECES = 2

const rests = new Set<Readable>()

/** Takes in what is left of a refused body and throws it away, bit by bit: a client that sends much, and fast, keeps no other waiting. */
export function takeIn(rest: Readable): void {
  rest.once('close', () => rests.delete(rest))
  // Without a listener nothing more is read than there is.
  rest.on('readable', () => {})
  rests.add(rest)
  if (rests.size === 1) setTimeout(takeTurn, TURN).unref()
}

function takeTurn(): void {
  for (const rest of [...rests].slice(0, PIECES)) {
    rest.read()
    // Those behind it come next.
    rests.delete(rest)
    if (!rest.destroyed && !rest.readableEnded) rests.add(rest)
  }
  if (rests.size > 0) setTimeout(takeTurn, TURN).unref()
}

/** Cuts a connection off after a time, unless what is still coming in has come to its end before. */
export function cutOff(socket: Duplex, rest: Readable, limit = DRAIN_LIMIT): void {
  const timer = setTimeout(() => socket.destroy(), limit)
  timer.unref()
  rest.once('close', () => clearTimeout(timer))
}

/** The same where Node's parser gave up and there is only a socket. */
export function answerOnSocket(socket: Duplex, status: number, sentence: string): void {
  const body = JSON.stringify({ Message: sentence })
  const safe = Object.entries(safeHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${safe.join('')}Content-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
