import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cabinet } from '../cabinet.ts'
import { ada, filesBelow, openTestCabinet, type TestCabinet } from '../testing/test-cabinet.ts'

let context: TestCabinet
let cabinet: Cabinet

beforeAll(async () => {
  context = await openTestCabinet()
  cabinet = context.cabinet
})
afterAll(() => context.remove())

const firstSecret = () => readFileSync(cabinet.tokens.tokenFile, 'utf8').trim()

test('an unknown, an empty and a revoked secret belong to nobody', () => {
  const { UUID, Secret } = cabinet.tokens.create(ada, { Name: 'ci', Scope: 'write' })
  expect(cabinet.tokens.authenticate(Secret)).toMatchObject({ name: 'ci', scope: 'write' })
  expect(cabinet.tokens.authenticate(`${Secret}x`)).toBeNull()
  expect(cabinet.tokens.authenticate('')).toBeNull()
  cabinet.tokens.revoke(ada, UUID)
  expect(cabinet.tokens.authenticate(Secret)).toBeNull()
  expect(cabinet.tokens.find(UUID)).toBeNull()
  expect(() => cabinet.tokens.revoke(ada, UUID)).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('the first token lies in a file that only its owner reads, has every right, and stays over a restart', async () => {
  const secret = firstSecret()
  expect(cabinet.tokens.authenticate(secret)?.scope).toBe('admin')
  if (process.platform !== 'win32') expect(statSync(cabinet.tokens.tokenFile).mode & 0o777).toBe(0o600)
  cabinet = await context.reopen()
  expect(firstSecret()).toBe(secret)
  expect(cabinet.tokens.authenticate(secret)?.scope).toBe('admin')
})

test('removing the token file gives a new first token, and the old one is worth nothing', async () => {
  const old = firstSecret()
  rmSync(cabinet.tokens.tokenFile)
  cabinet = await context.reopen()
  expect(cabinet.tokens.authenticate(old)).toBeNull()
  expect(cabinet.tokens.authenticate(firstSecret())?.scope).toBe('admin')
})

test('a damaged token file is replaced', async () => {
  writeFileSync(cabinet.tokens.tokenFile, 'short')
  cabinet = await context.reopen()
  expect(cabinet.tokens.authenticate('short')).toBeNull()
  expect(cabinet.tokens.authenticate(firstSecret())?.scope).toBe('admin')
})

test('the list tells the last use and no secret, and the first token cannot be revoked', () => {
  const { UUID, Secret } = cabinet.tokens.create(ada, { Name: 'laptop', Scope: 'read' })
  expect(cabinet.tokens.list().find((token) => token.UUID === UUID)?.LastUsedAt).toBeNull()
  cabinet.tokens.authenticate(Secret)
  const listed = cabinet.tokens.list()
  expect(listed.find((token) => token.UUID === UUID)?.LastUsedAt).not.toBeNull()
  expect(JSON.stringify(listed)).not.toMatch(/[0-9a-f]{64}|mc_/)
  const first = listed.find(({ Name, RevokedAt }) => Name === 'first token' && RevokedAt === null)
  expect(() => cabinet.tokens.revoke(ada, first?.UUID ?? '')).toThrow(expect.objectContaining({ code: 'conflict' }))
})

test('keys differ by purpose and stay over a restart; no secret stands in the database', async () => {
  const { Secret } = cabinet.tokens.create(ada, { Name: 'hidden', Scope: 'read' })
  const key = cabinet.tokens.key('auth')
  expect(cabinet.tokens.key('links')).not.toEqual(key)
  cabinet = await context.reopen()
  expect(cabinet.tokens.key('auth')).toEqual(key)
  for (const path of await filesBelow(context.directory)) {
    if (/cabinet\.db/.test(path)) expect(readFileSync(path).includes(Secret)).toBe(false)
  }
})
