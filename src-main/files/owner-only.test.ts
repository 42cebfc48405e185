import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeAllToOthers, closeToOthers } from './owner-only.ts'

// Protects models, tokens and keys from the other accounts of a machine. Windows keeps those out by the user's own folder.
const windows = process.platform === 'win32'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'owner-only-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (path: string) => statSync(path).mode & 0o1777

test.skipIf(windows)('what others could read is closed to them, and what is not ours is left alone', () => {
  chmodSync(folder, 0o755)
  const names = [
    'cabinet.db',
    'cabinet.db-wal',
    'cabinet.db.v9.backup',
    'lock.db',
    'token',
    'key',
    'endpoint.json',
    'notes.txt',
  ]
  for (const name of names) {
    writeFileSync(join(folder, name), '')
    chmodSync(join(folder, name), 0o666)
  }
  mkdirSync(join(folder, 'files'))
  chmodSync(join(folder, 'files'), 0o777)
  symlinkSync(join(folder, 'notes.txt'), join(folder, 'settings.json'))
  closeToOthers(folder)
  expect(names.map((name) => modeOf(join(folder, name)))).toEqual([...names.slice(1).map(() => 0o600), 0o666])
  expect([modeOf(folder), modeOf(join(folder, 'files'))]).toEqual([0o700, 0o700])
})

test.skipIf(windows)('a folder for all stays one', () => {
  chmodSync(folder, 0o1777)
  closeToOthers(folder)
  expect(modeOf(folder)).toBe(0o1777)
})

test.skipIf(windows)('model files that an older version left open to others are closed, however many', async () => {
  const deep = join(folder, 'files', 'ab')
  mkdirSync(deep, { recursive: true })
  writeFileSync(join(deep, 'cdef'), '')
  chmodSync(deep, 0o755)
  chmodSync(join(deep, 'cdef'), 0o644)
  await closeAllToOthers(join(folder, 'files'), new AbortController().signal)
  expect([modeOf(deep), modeOf(join(deep, 'cdef'))]).toEqual([0o700, 0o600])
})
