import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { checkLock, checkPins } from './check-pins.ts'
import { checkImports } from './imports/check-imports.ts'
import { checkPlainWords } from './plain-words.ts'
import { noticesAreCurrent } from './third-party-notices.ts'

type Check = { title: string; run(): Promise<string[]> | string[] }

/** One of the project's tools; what it printed counts as found where it ends with an error. */
const tool = (title: string, command: string, ...args: string[]): Check => ({
  title,
  run: () =>
    new Promise((done) => {
      const child = spawn(command, args, { shell: process.platform === 'win32' })
      const output: string[] = []
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
      child.on('error', ({ message }) => done([message]))
      child.on('close', (status) => done(status === 0 ? [] : [output.join('').trim() || `ended with ${status}`]))
    }),
})

const root = process.cwd()
const checks: Check[] = [
  tool('types', 'tsc', '-p', 'tsconfig.json'),
  tool('types of the window', 'tsc', '-p', 'src-renderer/tsconfig.json'),
  tool('types of the tests in a window', 'tsc', '-p', 'e2e/tsconfig.json'),
  tool('types of the oldest Electron', 'tsc', '-p', 'src-main/tsconfig.electron.json'),
  tool('unused files, exports and dependencies', 'knip', '--no-progress', '--treat-config-hints-as-errors'),
  tool('lint and format', 'biome', 'check', '--error-on-warnings'),
  { title: 'imports', run: () => checkImports(root).violations },
  {
    title: 'third-party notices',
    run: () => (noticesAreCurrent(root) ? [] : ['They are out of date: npm run notices writes them.']),
  },
  { title: 'plain English', run: () => checkPlainWords(root) },
  { title: 'security releases', run: () => checkPins(root) },
  { title: 'integrity of packages', run: () => checkLock(root) },
]

const waiting = [...checks]

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const found = await check.run()
    console.log([`${found.length === 0 ? '✓' : '✗'} ${check.title}`, ...found].join('\n'))
    if (found.length > 0) process.exitCode = 1
  }
}

await Promise.all(Array.from({ length: Math.min(3, availableParallelism()) }, work))
