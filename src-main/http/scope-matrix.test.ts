import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { Scope } from '../../src-contract/contract/admin/caller.ts'
import { type DocumentedOperation, readDocument } from '../api/testing/document.ts'
import { withJson } from '../api/testing/test-api.ts'
import { openTestPort, sessionOf, type TestPort } from './testing/test-port.ts'

// Protects every door of the port: each operation of the document, asked by everyone from everywhere, lets in whom the document says.

const ALLOWED = 'http://localhost:8888'
const admin = { name: 'test', scope: 'admin' } as const
let port: TestPort
let operations: DocumentedOperation[]
let callers: Record<string, { headers: Record<string, string>; scope: Scope | null }>
let origins: Record<string, string | null>

beforeAll(async () => {
  port = await openTestPort()
  const { tokens, settings, links } = port.cabinet
  await settings.change(admin, { AllowedOrigins: [ALLOWED] })
  operations = readDocument(await (await fetch(`${port.opened.url}/openapi.json?private=true`)).json()).operations
  const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` })
  const made = (scope: Scope) => ({
    headers: bearer(tokens.create(admin, { Name: scope, Scope: scope }).Secret),
    scope,
  })
  const revoked = tokens.create(admin, { Name: 'revoked', Scope: 'admin' })
  const signIn = await port.fetch(
    '/auth/authenticate/signin',
    withJson('POST', { Email: 'x', Password: revoked.Secret }),
  )
  const { RefreshToken } = z.object({ RefreshToken: z.string() }).parse(await signIn.json())
  tokens.revoke(admin, revoked.UUID)
  links.hostTokens.set(admin, { Origin: 'https://huggingface.co', Token: 'hf_token' })
  const session = sessionOf(await fetch(port.opened.signInUrl, { redirect: 'manual' }))
  callers = {
    nobody: { headers: {}, scope: null },
    'a revoked token': { headers: bearer(revoked.Secret), scope: null },
    'what was signed for a revoked token': { headers: bearer(RefreshToken), scope: null },
    'a token for a server of links': { headers: bearer('hf_token'), scope: null },
    'a cookie without its key': { headers: { Cookie: session.Cookie }, scope: null },
    read: made('read'),
    write: made('write'),
    admin: made('admin'),
    browser: { headers: session, scope: 'admin' },
  }
  origins = { none: null, own: port.opened.url, allowed: ALLOWED, foreign: 'https://evil.example', null: 'null' }
})
afterAll(() => port.remove())

/** The status that a request must get whose parameters are wrong, which is looked at once the caller has been let in. */
function expected(needed: Scope | undefined, caller: string, origin: string): number {
  if (origin === 'foreign' || origin === 'null') return 403
  if (needed === undefined) return 422
  const scope = caller === 'browser' && origin === 'allowed' ? null : callers[caller]?.scope
  if (!scope) return 401
  return Scope.options.indexOf(scope) < Scope.options.indexOf(needed) ? 403 : 422
}

it('lets in whom the document names, and no one else, under every prefix (CVE-2026-2611)', async () => {
  const wrong: string[] = []
  const counts: Record<number, number> = {}
  for (const { method, path, 'x-scope': scope } of operations) {
    const needed = Scope.safeParse(scope).data
    const at = `${path.replaceAll(/\{order\}/g, 'cancel').replaceAll(/\{\w+\}/g, '11111111-2222-4333-8444-555555555555')}?unknown=1`
    const asked = Object.keys(callers).flatMap((caller) =>
      Object.entries(origins).flatMap(([origin, Origin]) =>
        ['', '/cpt'].map(async (mount) => {
          const headers = { ...callers[caller]?.headers, ...(Origin !== null && { Origin }) }
          const response = await fetch(port.opened.url + mount + at, { method, headers })
          await response.body?.cancel()
          counts[response.status] = (counts[response.status] ?? 0) + 1
          const right = expected(needed, caller, origin)
          if (response.status !== right)
            wrong.push(`${method} ${mount}${path}: ${caller} from ${origin} got ${response.status}, not ${right}`)
        }),
      ),
    )
    await Promise.all(asked)
  }
  const total = operations.length * Object.keys(callers).length * Object.keys(origins).length * 2
  console.info(
    `${operations.length} operations × ${Object.keys(callers).length} callers × ${Object.keys(origins).length} origins × 2 mounts = ${total} requests:`,
    counts,
  )
  expect(wrong).toEqual([])
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(total)
})

it('has one guard for whatever else there is or will be', async () => {
  for (const path of [
    '/',
    '/assets/none.js',
    '/nowhere',
    '/cpt/nowhere',
    '/sign-in',
    '/ticket',
    '/proof',
    '/events',
    '/openapi.html',
    '/..%2f',
    '//',
  ]) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${port.opened.url}.evil.example`]) {
        const response = await fetch(port.opened.url + path, {
          method,
          headers: { Origin, Authorization: `Bearer ${port.token}` },
        })
        expect({ path, method, Origin, status: response.status }).toMatchObject({ status: 403 })
        await response.body?.cancel()
      }
    }
  }
})

it('serves no file of the data folder, the token least of all (GHSA-q874-g24w-4q9g)', async () => {
  const secret = readFileSync(port.cabinet.tokens.tokenFile, 'utf8').trim()
  for (const name of ['token', 'key', 'settings.json', 'endpoint.json', 'cabinet.db', 'lock.pid']) {
    for (const path of [
      name,
      `assets/${name}`,
      `assets/../${name}`,
      `%2e%2e/${name}`,
      `..%2f${name}`,
      `data/${name}`,
      `cpt/${name}`,
    ]) {
      const answer = await port.exchange(
        `GET /${path} HTTP/1.1\r\nHost: 127.0.0.1:${port.opened.port}\r\nConnection: close\r\n\r\n`,
        { keepOpen: true },
      )
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(answer).not.toContain(secret)
    }
  }
})

it('lets a token that may only read begin no work but what the document says', () => {
  const begun = operations.filter(({ method, 'x-scope': scope }) => method !== 'GET' && scope === 'read')
  expect(begun.map(({ operationId }) => operationId)).toEqual(['countFunctions', 'runFunction', 'runFunctionNpz'])
  const said = operations.filter(({ description }) => description.includes('A token that may only read may do this'))
  expect(said.map(({ operationId }) => operationId).sort()).toEqual([
    'compareFunctions',
    'getTensor',
    'runFunction',
    'runFunctionNpz',
  ])
})
