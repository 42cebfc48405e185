import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watch } from 'chokidar'
import { expect, it } from 'vitest'
import { endWatcher } from './end-watcher.ts'

// Protects the cabinet's process from a folder of which more than one part cannot be watched.

it('hears what fails after the end of watching, which would end the process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'end-watcher-'))
  const watcher = watch(folder)
  const late = () => watcher.emit('error', new Error('ENOSPC: System limit for number of file watchers reached'))
  const ended = endWatcher(watcher)
  expect(late).not.toThrow()
  await ended
  expect(late).not.toThrow()
  await rm(folder, { recursive: true })
})
