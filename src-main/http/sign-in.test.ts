import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withJson } from '../api/testing/test-api.ts'
import { openTestPort, type TestPort } from './testing/test-port.ts'

// Protects the cabinet from other pages of a signed-in browser, and from a sign-in link that was seen by somebody else.

let port: TestPort
beforeAll(async () => {
  port = await openTestPort()
})
afterAll(() => port.remove())

const follow = (link: string) => fetch(link, { redirect: 'manual' })

async function signedIn(): Promise<string> {
  const response = await follow(port.nextLinks.at(-1) ?? port.opened.signInUrl)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('the sign-in link', () => {
  it('works once, and says where the next one is', async () => {
    const link = port.nextLinks.at(-1) ?? port.opened.signInUrl
    const first = await follow(link)
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    expect(first.headers.get('set-cookie')).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
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
  it('may read, and write from its own page alone', async () => {
    const Cookie = await signedIn()
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(port.opened.url + path, { ...init, headers: { Cookie, ...init.headers } })
    expect((await ask('/catalogues')).status).toBe(200)
    expect((await ask('/catalogues', withJson('POST', { Name: 'No origin' }))).status).toBe(403)
    const own = withJson('POST', { Name: 'Own page' }, { Origin: port.opened.url })
    expect((await ask('/catalogues', own)).status).toBe(200)
    const foreign = withJson('POST', { Name: 'Foreign page' }, { Origin: 'https://evil.example' })
    expect((await ask('/catalogues', foreign)).status).toBe(403)
    expect(port.cabinet.catalogues.list().map(({ Name }) => Name)).toEqual(['Own page'])
    expect(port.cabinet.events.audit({ limit: 1 })[0]?.By).toBe('browser')
  })

  it('is known to no page that was let in, for that must bring a token', async () => {
    const page = 'http://localhost:8888'
    const cookie = await signedIn()
    await port.cabinet.settings.change({ name: 'test', scope: 'admin' }, { AllowedOrigins: [page] })
    const ask = (headers: Record<string, string>) =>
      fetch(`${port.opened.url}/catalogues`, { headers: { Origin: page, ...headers } })
    expect((await ask({ Cookie: cookie })).status).toBe(401)
    expect((await ask({ Authorization: `Bearer ${port.token}` })).status).toBe(200)
    await port.cabinet.settings.change({ name: 'test', scope: 'admin' }, { AllowedOrigins: [] })
    expect((await ask({ Authorization: `Bearer ${port.token}` })).status).toBe(403)
  })

  it('is not known by a changed cookie', async () => {
    const cookie = await signedIn()
    const forged = `${cookie.slice(0, -3)}AAA`
    expect((await fetch(`${port.opened.url}/catalogues`, { headers: { Cookie: forged } })).status).toBe(401)
  })

  it('with a wrong token is refused, for the token counts', async () => {
    const Cookie = await signedIn()
    const headers = { Cookie, Authorization: 'Bearer wrong' }
    expect((await fetch(`${port.opened.url}/catalogues`, { headers })).status).toBe(401)
  })
})

describe('the page at /', () => {
  it('is there without signing in, and allows no scripts of others', async () => {
    const response = await fetch(port.opened.url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toContain('Model Cabinet')
  })
})
