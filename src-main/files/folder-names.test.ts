import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFolderNames } from './folder-names.ts'

// Protects imports from folders that cannot be listed, and from those with more files than anyone can look through.

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-names-'))
  for (const name of ['README.md', 'a', 'b']) await writeFile(join(folder, name), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder with too many entries is not listed, yet what is asked for by name is found', async () => {
  const names = createFolderNames(2)
  expect(await names.of(folder)).toBeUndefined()
  expect(await names.has(folder, 'README.md')).toBe(true)
  expect(await names.has(folder, 'c')).toBe(false)
})

test('a folder that is gone has nothing', async () => {
  const names = createFolderNames()
  expect(await names.of(join(folder, 'gone'))).toBeUndefined()
  expect(await names.has(join(folder, 'gone'), 'README.md')).toBe(false)
})

test('a folder is listed once: what came later is not of this import', async () => {
  const names = createFolderNames()
  expect([...((await names.of(folder)) ?? [])].sort()).toEqual(['README.md', 'a', 'b'])
  await rm(join(folder, 'b'))
  expect(await names.has(folder, 'b')).toBe(true)
})
