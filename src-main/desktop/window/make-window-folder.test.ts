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
    expect(() => makeWindowFolder(place)).toThrow(`The data folder ${place} cannot be created or written to`)
})

// Node's own way to make folders would try for ever there.
if (process.platform === 'linux')
  it('refuses a place where the system lets nobody make a folder', () => {
    expect(() => makeWindowFolder('/proc/nothing/here')).toThrow('cannot be created or written to (ENOENT')
  })

it('makes it, and takes one that is there', () => {
  const place = join(directory, 'a', 'new')
  for (const _ of [1, 2]) expect(makeWindowFolder(place)).toBe(join(place, 'window'))
  expect(statSync(join(place, 'window')).isDirectory()).toBe(true)
  // What Chromium keeps of the models' names is nobody else's.
  if (process.platform !== 'win32') expect(statSync(place).mode & 0o777).toBe(0o700)
})
