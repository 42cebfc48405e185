import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'cabinet-make-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))

it.runIf(process.platform === 'linux')(
  'gives up where the system refuses a folder as if its parent were missing',
  () => {
    expect(() => makeFolder('/proc/no-folder-of-ours/inside')).toThrow(/ENOENT/)
  },
)

it('is refused by a file of that name, and below one', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow(/EEXIST/)
  expect(() => makeFolder(join(file, 'inside'))).toThrow()
})

it('makes a folder with those above it, and leaves one that is there', () => {
  const path = join(folder, 'a', 'b', 'c')
  makeFolder(path)
  makeFolder(path)
  expect(statSync(path).isDirectory()).toBe(true)
})
