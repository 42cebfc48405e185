import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataDirectory } from './lock.ts'

let directory: string
let child: ChildProcess | undefined

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cabinet-lock-'))
})
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  child = undefined
  rmSync(directory, { recursive: true, force: true })
})

async function lockInChild(): Promise<ChildProcess> {
  const holder = fork(new URL('testing/hold-lock.ts', import.meta.url), [directory])
  child = holder
  await once(holder, 'message')
  return holder
}

test('a second process is refused with the id of the first', async () => {
  const holder = await lockInChild()
  expect(() => lockDataDirectory(directory)).toThrow(
    `Process ${holder.pid} already has the cabinet in ${directory} open`,
  )
})

test('a holder that was killed leaves the folder free', async () => {
  const holder = await lockInChild()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockDataDirectory(directory).release()
})

test('a released folder can be taken again, in the same process too', () => {
  lockDataDirectory(directory).release()
  const lock = lockDataDirectory(directory)
  expect(() => lockDataDirectory(directory)).toThrow(`Process ${process.pid} already`)
  lock.release()
})

test('a file in the place of the folder is refused in words', () => {
  const file = join(directory, 'file')
  writeFileSync(file, '')
  expect(() => lockDataDirectory(file)).toThrow('is not a folder')
})

test('a lock that was damaged, as by a disk, keeps nobody out and can be taken by one alone', () => {
  writeFileSync(join(directory, 'lock.db'), 'no database at all '.repeat(100))
  const lock = lockDataDirectory(directory)
  expect(() => lockDataDirectory(directory)).toThrow('already has the cabinet')
  lock.release()
})
