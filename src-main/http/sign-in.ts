import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { jwtVerify, SignJWT } from 'jose'
import type { Caller } from '../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { answerProblem } from './answer.ts'

/** How long a browser stays signed in, in seconds. */
const SESSION_TIME = 7 * 24 * 60 * 60
const AUDIENCE = 'browser'

/** Who works in a browser that was signed in is the person at this machine. */
const person: Caller = { name: 'browser', scope: 'admin' }

export const SIGN_IN_PATH = '/sign-in'

export type SignIn = {
  /** Path and query that sign one browser in, once. */
  link(): string
  /** Answers the link: a cookie and the way to the window, or a refusal. */
  respond(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Who a browser's cookie stands for; null without one. */
  callerOf(request: IncomingMessage): Promise<Caller | null>
}

export type SignInOptions = {
  /** Signs the cookies; the same after a restart, so that an open page keeps working. */
  key: Uint8Array
  /** Called when the link was used, with the next one. */
  onUsed(link: string): void
}

/** Signs browsers in by a one-time code (contract.md 7). */
export function createSignIn({ key, onUsed }: SignInOptions): SignIn {
  let code = newCode()
  const link = () => `${SIGN_IN_PATH}?code=${code}`

  const isSigned = (session: string) =>
    jwtVerify(session, key, { algorithms: ['HS256'], audience: AUDIENCE }).then(
      () => true,
      () => false,
    )

  return {
    link,
    async respond(request, response) {
      const given = new URLSearchParams(request.url?.split('?')[1]).get('code') ?? ''
      if (request.method !== 'GET' || !sameText(given, code)) {
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
      const session = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${SESSION_TIME}s`)
        .sign(key)
      response.writeHead(303, {
        'Cache-Control': 'no-store',
        Location: '/',
        'Set-Cookie': `${cookieName(request)}=${session}; Path=/; Max-Age=${SESSION_TIME}; HttpOnly; SameSite=Strict`,
      })
      response.end()
    },
    async callerOf(request) {
      for (const session of sessions(request.headers.cookie)) {
        if (await isSigned(session)) return person
      }
      return null
    },
  }
}

const COOKIE = 'model-cabinet-'
/** Cookies do not tell ports apart, so the cookie's name does: two cabinets do not sign each other's browsers out. */
const cookieName = (request: IncomingMessage) => `${COOKIE}${request.socket.localPort}`

const newCode = () => randomBytes(32).toString('base64url')

function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

/** Of any port: this cabinet may have had another one before, and its key tells which sessions are its own. */
function sessions(header: string | undefined): string[] {
  const pairs = header?.split(';').map((pair) => pair.trim()) ?? []
  return pairs.filter((pair) => pair.startsWith(COOKIE)).map((pair) => pair.slice(pair.indexOf('=') + 1))
}
