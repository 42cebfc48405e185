import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { type Ticket, TicketRequest } from '../../src-contract/contract/admin/session.ts'
import { SESSION_KEY_HEADER } from '../../src-contract/util/session-key.ts'
import type { BrowserSessions, SessionCaller } from '../cabinet/tokens/browser-sessions.ts'
import { sameSecret } from '../files/secret-digest.ts'
import { answerProblem } from './answer.ts'

export const SIGN_IN_PATH = '/sign-in'
export const TICKET_PATH = '/ticket'

export type SignIn = {
  /** Path and query that sign one browser in, once. */
  link(): string
  /** Answers the link: a cookie, and the way to the window with the other half of the session; or a refusal. */
  respond(request: IncomingMessage, response: ServerResponse): void
  /** Answers with the address of a download that a signed-in page may follow as a plain link. */
  respondTicket(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Who asks by a cookie and the key that belongs to it, or a ticket, which is taken out of the address. */
  callerOf(request: IncomingMessage): SessionCaller | null
}

export type SignInOptions = {
  sessions: BrowserSessions
  /** Called when the link was used, with the next one. */
  onUsed(link: string): void
}

/** Signs browsers in by a one-time code (contract.md 7). */
export function createSignIn({ sessions, onUsed }: SignInOptions): SignIn {
  let code = newCode()
  const link = () => `${SIGN_IN_PATH}?code=${code}`

  function byKey(request: IncomingMessage): SessionCaller | null {
    const key = request.headers[SESSION_KEY_HEADER.toLowerCase()]
    if (typeof key !== 'string') return null
    return first(cookiesOf(request), (cookie) => sessions.find(cookie, key))
  }

  function byTicket(request: IncomingMessage): SessionCaller | null {
    const [, target, ticket] = /^(.*)[?&]ticket=([\w-]{43})$/.exec(request.url ?? '') ?? []
    if (request.method !== 'GET' || target === undefined || ticket === undefined) return null
    request.url = target
    return first(cookiesOf(request), (cookie) => sessions.findByTicket(cookie, ticket, target))
  }

  return {
    link,
    respond(request, response) {
      const given = new URLSearchParams(request.url?.split('?')[1]).get('code') ?? ''
      if (request.method !== 'GET' || !sameSecret(given, code)) {
        answerProblem(
          response,
          new Problem(
            'forbidden',
            'This sign-in link is not valid: each link works once. The newest one is in the log of Model Cabinet.',
          ),
        )
        return
      }
      code = newCode()
      onUsed(link())
      const { cookie, key } = sessions.open(request.headers['user-agent'] ?? '')
      response.writeHead(303, {
        'Cache-Control': 'no-store',
        // What follows # is sent to no server.
        Location: `/#key=${key}`,
        // No `__Host-`: browsers take that only with `Secure`, which not all of them allow without TLS, not even for this computer.
        'Set-Cookie': `${cookieName(request)}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
      })
      response.end()
    },
    async respondTicket(request, response) {
      const caller = byKey(request)
      const asked = TicketRequest.safeParse(caller && (await readSmallJson(request)))
      if (!caller || !asked.success) {
        const sentence = 'Only a page that is signed in may ask for the address of a download.'
        answerProblem(response, new Problem(caller ? 'malformed' : 'unauthenticated', sentence))
        return
      }
      const { Path } = asked.data
      const ticket = sessions.addTicket(caller, Path)
      const answer: Ticket = { Path: `${Path}${Path.includes('?') ? '&' : '?'}ticket=${ticket}` }
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      response.end(JSON.stringify(answer))
    },
    callerOf: (request) => byKey(request) ?? byTicket(request),
  }
}

const COOKIE = 'model-cabinet-'
/** Cookies do not tell ports apart, so the cookie's name does: two cabinets do not sign each other's browsers out. */
const cookieName = (request: IncomingMessage) => `${COOKIE}${request.socket.localPort}`

const newCode = () => randomBytes(32).toString('base64url')

/** Of any port: this cabinet may have had another one before. */
function cookiesOf({ headers: { cookie } }: IncomingMessage): string[] {
  const pairs = cookie?.split(';').map((pair) => pair.trim()) ?? []
  return pairs.filter((pair) => pair.startsWith(COOKIE)).map((pair) => pair.slice(pair.indexOf('=') + 1))
}

function first<Value, Found>(values: readonly Value[], find: (value: Value) => Found | null): Found | null {
  for (const value of values) {
    const found = find(value)
    if (found) return found
  }
  return null
}

/** Bytes of a request for a ticket: an address of 4,096 signs, escaped. */
const LARGEST_REQUEST = 32 * 1024

/** @returns undefined for what is no JSON, or too much of it */
async function readSmallJson(request: IncomingMessage): Promise<unknown> {
  if (!(Number(request.headers['content-length']) <= LARGEST_REQUEST)) return undefined
  try {
    return JSON.parse(await text(request))
  } catch {
    return undefined
  }
}
