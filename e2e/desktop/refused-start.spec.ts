import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { electronExecutable, expect, test, testSwitches } from '../harness/desktop.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'

// Whoever starts the app with what cannot be is told so, in a box and where it was typed, and nothing of ours is shown as a stack.

const root = resolve(import.meta.dirname, '../..')

const cases: [what: string, args: (folder: string) => string[], sentence: RegExp][] = [
  [
    'a file as its folder',
    (folder) => ['--data', join(folder, 'file')],
    /The data folder .*file cannot be created or written/,
  ],
  [
    'a folder below a file',
    (folder) => ['--data', join(folder, 'file', 'data')],
    /cannot be created or written to \(E/,
  ],
  ['no folder', () => ['--data'], /--data must name a folder\./],
  [
    'a port that is none',
    (folder) => ['--data', folder, '--port', '70000'],
    /--port must be a number from 0 to 65535\./,
  ],
]
for (const [what, args, sentence] of cases)
  test(`${what} is refused in words`, () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '')
      const app = spawn(electronExecutable(), [...testSwitches(), root, ...args(folder)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let log = ''
      app.stderr.on('data', (chunk) => {
        log += String(chunk)
      })
      // The box waits for somebody to close it.
      const ended = once(app, 'exit')
      try {
        await expect.poll(() => log, { timeout: 30_000 }).toMatch(sentence)
      } finally {
        app.kill('SIGKILL')
        await ended
      }
      expect(log).not.toMatch(/Model Cabinet crashed|^\s+at /m)
    }))
