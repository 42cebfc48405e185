import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrowserSession, Ticket } from '../../src-contract/contract/admin/session.ts'
import { SESSION_KEY_HEADER } from '../../src-contract/util/session-key.ts'
import { withJson } from '../api/testing/test-api.ts'
import { openTestPort, sessionOf, type TestPort } from './testing/test-port.ts'

// Protects the cabinet from other pages of a signed-in browser, from whoever gets its cookie, and from a sign-in link that was seen by somebody else.

let port: TestPort
beforeAll(async () => {
  port = await openTestPort()
})
afterAll(() => port.remove())

const follow = (link: string) => fetch(link, { redirect: 'manual' })

const signedIn = async () => sessionOf(await follow(port.nextLinks.at(-1) ?? port.opened.signInUrl))

const asked = async (path: string, init: RequestInit) => (await fetch(port.opened.url + path, init)).status

describe('the sign-in link', () => {
  it('works once, and says where the next one is', async () => {
    const link = port.nextLinks.at(-1) ?? port.opened.signInUrl
    const first = await follow(link)
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toMatch(/^\/#key=[\w-]{43}$/)
    expect(first.headers.get('set-cookie')).toMatch(
      new RegExp(`^model-cabinet-${port.opened.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    )
    const second = await follow(link)
    expect(second.status).toBe(403)
    expect(second.headers.get('set-cookie')).toBeNull()
    expect(port.nextLinks.at(-1)).not.toBe(link)
  })

  it.each(['', '?code=', '?code=wrong'])('without the code (%s) is refused', async (query) => {
    expect((await follow(`${port.opened.url}/sign-in${query}`)).status).toBe(403)
  })
})

describe('a signed-in browser', () => {
  it('may read and write, and by that is known in the log', async () => {
    const session = await signedIn()
    expect(await asked('/catalogues', { headers: session })).toBe(200)
    expect(await asked('/catalogues', withJson('POST', { Name: 'Own page' }, session))).toBe(200)
    const foreign = { ...session, Origin: 'https://evil.example' }
    expect(await asked('/catalogues', withJson('POST', { Name: 'Foreign page' }, foreign))).toBe(403)
    expect(port.cabinet.catalogues.list().map(({ Name }) => Name)).toEqual(['Own page'])
    expect(port.cabinet.events.audit({ limit: 1 })[0]?.By).toBe('browser')
  })

  // A cookie knows no ports: whoever listens at another one gets it from every browser that goes there.
  it('gives away nothing with its cookie', async () => {
    const { Cookie } = await signedIn()
    const other = await signedIn()
    for (const path of [
      '/catalogues',
      '/functions?Limit=1',
      '/events',
      '/admin/tokens',
      '/admin/export',
      '/admin/sessions',
    ]) {
      expect(await asked(path, { headers: { Cookie } })).toBe(401)
      expect(await asked(path, { headers: { Cookie, Origin: port.opened.url, 'Sec-Fetch-Site': 'same-origin' } })).toBe(
        401,
      )
    }
    for (const key of ['', 'A'.repeat(43), Cookie.split('=')[1] ?? '', other[SESSION_KEY_HEADER]]) {
      expect(await asked('/catalogues', { headers: { Cookie, [SESSION_KEY_HEADER]: key } })).toBe(401)
    }
    const make = withJson('POST', { Name: 'mine', Scope: 'admin' }, { Cookie, Origin: port.opened.url })
    expect(await asked('/admin/tokens', make)).toBe(401)
    expect(
      await asked('/ticket', withJson('POST', { Path: '/admin/export' }, { Cookie, Origin: port.opened.url })),
    ).toBe(401)
  })

  it('gives away nothing with its key', async () => {
    const { Cookie: _, ...key } = await signedIn()
    expect(await asked('/catalogues', { headers: key })).toBe(401)
  })

  it('is known to no page that was let in, for that must bring a token', async () => {
    const page = 'http://localhost:8888'
    const session = await signedIn()
    await port.cabinet.settings.change({ name: 'test', scope: 'admin' }, { AllowedOrigins: [page] })
    const ask = (headers: Record<string, string>) => asked('/catalogues', { headers: { Origin: page, ...headers } })
    expect(await ask(session)).toBe(401)
    expect(await ask({ Authorization: `Bearer ${port.token}` })).toBe(200)
    await port.cabinet.settings.change({ name: 'test', scope: 'admin' }, { AllowedOrigins: [] })
    expect(await ask({ Authorization: `Bearer ${port.token}` })).toBe(403)
  })

  it('with a wrong token is refused, for the token counts', async () => {
    expect(await asked('/catalogues', { headers: { ...(await signedIn()), Authorization: 'Bearer wrong' } })).toBe(401)
  })

  it('is listed, and signed out at once, its stream of events too', async () => {
    const session = await signedIn()
    const list = async () =>
      BrowserSession.array().parse(
        await (await fetch(`${port.opened.url}/admin/sessions`, { headers: session })).json(),
      )
    const own = (await list()).filter(({ Current }) => Current)
    expect(own).toHaveLength(1)
    expect(JSON.stringify(await list())).not.toContain(session[SESSION_KEY_HEADER])
    const events = await fetch(`${port.opened.url}/events`, { headers: session })
    const end = `/admin/sessions/${own[0]?.UUID}`
    expect(await asked(end, { method: 'DELETE', headers: session })).toBe(200)
    await events.text()
    expect(await asked('/catalogues', { headers: session })).toBe(401)
    expect(await asked(end, { method: 'DELETE', headers: { Authorization: `Bearer ${port.token}` } })).toBe(404)
    expect(port.cabinet.events.audit({ limit: 1 })).toMatchObject([{ Kind: 'token.revoked', By: 'browser' }])
  })
})

describe('a download by a link', () => {
  const ticketFor = async (Path: string, session: Record<string, string>) =>
    Ticket.parse(await (await fetch(`${port.opened.url}/ticket`, withJson('POST', { Path }, session))).json()).Path

  it('is let in by a ticket for its address, in the browser that asked for it', async () => {
    const session = await signedIn()
    const { Cookie } = session
    for (const path of ['/catalogues', '/functions?Limit=1']) {
      const link = await ticketFor(path, session)
      expect(await asked(link, { headers: { Cookie } })).toBe(200)
      expect(await asked(link, {})).toBe(401)
      expect(await asked(link, { headers: { Cookie: (await signedIn()).Cookie } })).toBe(401)
      expect(await asked(link.replace(path, '/admin/tokens'), { headers: { Cookie } })).toBe(401)
      expect(await asked(link.replace(path, `/cpt${path}`), { headers: { Cookie } })).toBe(401)
      expect(await asked(link, { method: 'POST', headers: { Cookie } })).toBe(401)
    }
  })

  it.each(['https://example.org/', '//example.org/', 'catalogues', '', `/${'x'.repeat(5_000)}`])(
    'leads nowhere else: %.30s',
    async (Path) => {
      const init = withJson('POST', { Path }, await signedIn())
      expect(await asked('/ticket', init)).toBe(400)
    },
  )
})

describe('the page at /', () => {
  it('is there without signing in, and allows no scripts of others', async () => {
    const response = await fetch(port.opened.url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toContain('Model Cabinet')
  })
})
