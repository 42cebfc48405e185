import { randomBytes, randomUUID } from 'node:crypto'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { BrowserSession } from '../../../src-contract/contract/admin/session.ts'
import { isSecretOf, secretDigest } from '../../files/secret-digest.ts'
import { type ChangeLog, now } from '../kernel/change-log.ts'

const HOUR = 60 * 60 * 1_000
/** Milliseconds without a request after which a browser is signed out. */
const IDLE_LIMIT = 12 * HOUR
/** Milliseconds in which a download must have begun. */
const TICKET_LIMIT = 10 * 60 * 1_000
/** More are not kept; the one that was used longest ago is signed out. */
const MOST_SESSIONS = 100
const MOST_TICKETS = 1_000

/** Who works in a browser that was signed in is the person at this machine. */
const person: Caller = { name: 'browser', scope: 'admin' }

/** Who asks, and by which session. */
export type SessionCaller = { caller: Caller; token: string }

type Session = Omit<BrowserSession, 'Current'> & { key: Buffer; tickets: Map<string, string>; timer: NodeJS.Timeout }

export type BrowserSessions = ReturnType<typeof createBrowserSessions>

/**
 * The browsers that are signed in, until the cabinet ends: a program that listens at its port afterwards and is given all that a browser has can
 * do nothing with it. A session has two halves. The cookie goes to every port of this computer, so it is worth nothing without the key,
 * which only pages of our own origin can read. Of both only digests are kept.
 */
export function createBrowserSessions(changeLog: Pick<ChangeLog, 'change' | 'notify'>) {
  const sessions = new Map<string, Session>()

  function tell(kind: 'token.created' | 'token.revoked', by: string, { UUID, Browser }: Session): void {
    const summary = kind === 'token.created' ? `Signed in ${Browser}` : `Signed out ${Browser}`
    try {
      changeLog.change((record) => record({ kind, uuid: UUID, by, summary }))
    } catch {
      // A full disk must neither keep a person out nor a session in.
      changeLog.notify({ kind, uuid: UUID, by, summary })
    }
  }

  function remove(cookie: string, session: Session, by: string): void {
    clearTimeout(session.timer)
    sessions.delete(cookie)
    tell('token.revoked', by, session)
  }

  function end(cookie: string, by: string): void {
    const session = sessions.get(cookie)
    if (session) remove(cookie, session, by)
  }

  /** Begins its time anew; the one that was used last is the last in the map. */
  function renew(cookie: string, session: Session): void {
    clearTimeout(session.timer)
    session.timer = setTimeout(() => end(cookie, 'cabinet'), IDLE_LIMIT).unref()
    session.LastUsedAt = now()
    sessions.delete(cookie)
    sessions.set(cookie, session)
  }

  return {
    /** Signs a browser in. The halves are in this answer and nowhere else. */
    open(userAgent: string): { cookie: string; key: string } {
      const [cookie, key] = [newSecret(), newSecret()]
      const at = now()
      const session = {
        UUID: randomUUID(),
        Browser: browserName(userAgent),
        InsertedAt: at,
        LastUsedAt: at,
        key: secretDigest(key),
        tickets: new Map<string, string>(),
        timer: setTimeout(() => {}, 0),
      }
      renew(nameOf(cookie), session)
      for (const oldest of sessions.keys()) if (sessions.size > MOST_SESSIONS) end(oldest, 'cabinet')
      tell('token.created', 'browser', session)
      return { cookie, key }
    },

    /** Who asks with both halves; null where they do not belong together. */
    find(cookie: string, key: string): SessionCaller | null {
      const session = sessions.get(nameOf(cookie))
      if (!session || !isSecretOf(key, session.key)) return null
      renew(nameOf(cookie), session)
      return { caller: person, token: session.UUID }
    },

    /** Lets the browser of this session fetch one address by its cookie and what is returned here. */
    addTicket({ token }: SessionCaller, target: string): string {
      const session = [...sessions.values()].find(({ UUID }) => UUID === token)
      const ticket = newSecret()
      if (!session || session.tickets.size >= MOST_TICKETS) {
        throw new Problem('unavailable', 'Too many downloads were begun at once. Try again in a few minutes.')
      }
      session.tickets.set(ticket, target)
      setTimeout(() => session.tickets.delete(ticket), TICKET_LIMIT).unref()
      return ticket
    },

    /** Who fetches this address by a ticket for it. */
    findByTicket(cookie: string, ticket: string, target: string): SessionCaller | null {
      const session = sessions.get(nameOf(cookie))
      return session?.tickets.get(ticket) === target ? { caller: person, token: session.UUID } : null
    },

    /** The browsers that are signed in, the one that was used last first. `current` is that of the request. */
    list: (current: string | undefined): BrowserSession[] =>
      [...sessions.values()].reverse().map(({ UUID, Browser, InsertedAt, LastUsedAt }) => {
        return { UUID, Browser, Current: UUID === current, InsertedAt, LastUsedAt }
      }),

    /** Signs one out. @throws Problem `not-found` */
    end(caller: Caller, uuid: string): void {
      const found = [...sessions].find(([, { UUID }]) => UUID === uuid)
      if (!found) throw new Problem('not-found', 'No browser is signed in by this session.', { uuid })
      end(found[0], caller.name)
    },

    close(): void {
      for (const { timer } of sessions.values()) clearTimeout(timer)
      sessions.clear()
    },
  }
}

const newSecret = () => randomBytes(32).toString('base64url')
/** What a session goes by, so that the time of a look-up tells nothing about its cookie. */
const nameOf = (cookie: string) => secretDigest(cookie).toString('hex')

/** In the order in which they count: each of them also calls itself by the names after its own. */
const browsers = [
  ['Edge', /Edg\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Chrome', /Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const

function browserName(userAgent: string): string {
  const named = browsers.map(([name, pattern]) => [name, pattern.exec(userAgent)?.[1]]).find(([, version]) => version)
  const system = /\b(Windows|Mac OS X|Android|Linux)\b/.exec(userAgent)?.[1]?.replace('Mac OS X', 'macOS')
  return [named?.join(' ') ?? 'A browser', system].filter(Boolean).join(' on ')
}
