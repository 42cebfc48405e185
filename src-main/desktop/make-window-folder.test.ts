import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeWindowFolder } from './make-window-folder.ts'

// Protects who starts the app on a folder that it cannot have: by a sentence, not by a stack or by nothing at all.

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'window-folder-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('refuses a file in the place of the data folder, in words', () => {
  const file = join(directory, 'file')
  writeFileSync(file, '')
  for (const place of [file, join(file, 'below')])
    expect(() => makeWindowFolder(place)).toThrow(`The data folder ${place} cannot be made or written to`)
})

it('makes it, and takes one that is there', () => {
  for (const _ of [1, 2]) expect(makeWindowFolder(join(directory, 'new'))).toBe(join(directory, 'new', 'window'))
  expect(statSync(join(directory, 'new', 'window')).isDirectory()).toBe(true)
})
