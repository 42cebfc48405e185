import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join, resolve } from 'node:path'
import { hasDisplay } from './display.ts'
import { ensureBuilt } from './ensure-built.ts'
import { findElectron } from './find-electron.ts'

// `npm run test:e2e [-- what Playwright takes]`: builds where needed, finds an Electron, and gives the tests a display of their own
// where there is none.

const root = resolve(import.meta.dirname, '..')
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

process.exitCode = await test().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

async function test(): Promise<number> {
  await ensureBuilt(root, say)
  const electron = await findElectron(process.env, say)
  if (electron === undefined) {
    say('The tests of the window need an Electron.')
    return 1
  }
  say(`Testing with ${electron.description}.`)
  const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli')
  const command = [process.execPath, playwright, 'test', ...process.argv.slice(2)]
  if (!hasDisplay(process.env)) {
    if (!isInstalled('xvfb-run')) {
      say('There is no display. Install xvfb (Debian: apt-get install xvfb xauth), or set DISPLAY.')
      return 1
    }
    command.unshift('xvfb-run', '-a', '-s', '-screen 0 1920x1200x24')
  }
  return run(command, { ...process.env, ELECTRON_EXEC_PATH: electron.executable })
}

function run([program = '', ...args]: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environment })
  return new Promise((done) => {
    child.on('error', (error) => {
      say(`${program} could not be started (${error.message}).`)
      done(1)
    })
    child.on('close', (code) => done(code ?? 1))
  })
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
