import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type BrowserSessions, createBrowserSessions } from './browser-sessions.ts'

// Protects whoever walks away from a browser: it is signed out when nothing has been asked for half a day, and only then.

let sessions: BrowserSessions
let told: string[]
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  sessions = createBrowserSessions({
    change(work) {
      return work(({ kind, summary }) => told.push(`${kind}: ${summary}`))
    },
    notify() {},
  })
})
afterEach(() => {
  sessions.close()
  vi.useRealTimers()
})

const HOUR = 3_600_000

it('is renewed by use, and ends without', () => {
  const { cookie, key } = sessions.open('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36')
  for (let day = 0; day < 3; day++) {
    vi.advanceTimersByTime(11 * HOUR)
    expect(sessions.find(cookie, key)).toMatchObject({ caller: { scope: 'admin' } })
  }
  // A guess does not renew it.
  vi.advanceTimersByTime(11 * HOUR)
  expect(sessions.find(cookie, 'A'.repeat(43))).toBeNull()
  vi.advanceTimersByTime(2 * HOUR)
  expect(sessions.find(cookie, key)).toBeNull()
  expect(told).toEqual([
    'token.created: Signed in Chrome 140 on Windows',
    'token.revoked: Signed out Chrome 140 on Windows',
  ])
})

it('does not end by a clock that jumps', () => {
  const { cookie, key } = sessions.open('')
  vi.setSystemTime(Date.now() + 400 * 24 * HOUR)
  expect(sessions.find(cookie, key)).not.toBeNull()
})

it('lets a download begin for ten minutes', () => {
  const { cookie, key } = sessions.open('')
  const session = sessions.find(cookie, key)
  if (!session) throw new Error('There is no session.')
  const ticket = sessions.addTicket(session, '/admin/export')
  vi.advanceTimersByTime(599_000)
  expect(sessions.findByTicket(cookie, ticket, '/admin/export')).not.toBeNull()
  vi.advanceTimersByTime(2_000)
  expect(sessions.findByTicket(cookie, ticket, '/admin/export')).toBeNull()
})

it('are no more than a hundred', () => {
  const first = sessions.open('')
  const second = sessions.open('')
  sessions.find(first.cookie, first.key)
  for (let more = 0; more < 99; more++) sessions.open('')
  expect(sessions.list(undefined)).toHaveLength(100)
  expect(sessions.find(second.cookie, second.key)).toBeNull()
  expect(sessions.find(first.cookie, first.key)).not.toBeNull()
})
