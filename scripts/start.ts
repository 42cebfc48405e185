import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { hasDisplay, neededSwitches, sandboxTrouble } from './display.ts'
import { ensureBuilt } from './ensure-built.ts'
import { findElectron } from './find-electron.ts'
import { serveInstead } from './serve-instead.ts'

/** An Electron that ends with an error this soon could not start at all (a library or the display is missing). Milliseconds. */
const EARLY = 10_000

const root = resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

process.exitCode = await start().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

async function start(): Promise<number> {
  await ensureBuilt(root, say)
  const trouble = await showWindow()
  if (trouble === undefined) return 0
  say(`No window: ${trouble}`)
  say('Serving the cabinet for the browser instead; Ctrl-C ends it.')
  return serveInstead(root, args, say)
}

/** @returns when the app has been closed; or why there is no window, in a sentence */
async function showWindow(): Promise<string | undefined> {
  if (!hasDisplay(process.env)) return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).'
  const electron = await findElectron(process.env, say)
  if (electron === undefined) return 'there is no Electron.'
  say(`Starting ${electron.description}.`)
  const trouble = process.env.NO_SANDBOX === '1' ? undefined : sandboxTrouble(electron.executable)
  if (trouble !== undefined) return trouble
  const switches = process.env.NO_SANDBOX === '1' ? ['--no-sandbox'] : neededSwitches()
  if (switches.length > 0) say("Chromium's sandbox is off: the root account cannot have it.")
  return run(electron.executable, [...switches, root, ...args])
}

function run(executable: string, given: string[]): Promise<string | undefined> {
  const started = performance.now()
  // An Electron that is told to be a Node would show no window.
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const child = spawn(executable, given, { stdio: 'inherit', env: environment, cwd: process.cwd() })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done) => {
    child.on('error', (error) => done(`Electron could not be started (${error.message}).`))
    child.on('close', (code, signal) => {
      const failed = (code !== 0 && code !== null) || (signal !== null && signal !== 'SIGTERM' && signal !== 'SIGINT')
      const early = performance.now() - started < EARLY
      if (failed && early) done(`Electron exited at once (${signal ?? `code ${code}`}); see its output above.`)
      else {
        if (failed) say(`The window ended unexpectedly (${signal ?? `code ${code}`}).`)
        done(undefined)
      }
    })
  })
}
