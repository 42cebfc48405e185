import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer as createSocket } from 'node:net'
import { join, resolve } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build, createServer, type InlineConfig, mergeConfig } from 'vite'
import { hasDisplay, neededSwitches, sandboxTrouble } from './display.ts'
import { findElectron } from './find-electron.ts'

// `npm run dev [-- arguments of the app]`: the window's sources are replaced in the running window when they change (HMR), the app is
// restarted when anything else does. electron-vite's own `dev` starts the next app before the last one has let go of its data folder.

const root = resolve(import.meta.dirname, '..')
/** Separate from your own models. */
const dataDirectory = join(root, '.cache', 'dev')
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

process.exitCode = await develop().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

async function develop(): Promise<number> {
  const electron = await findElectron(process.env, say)
  if (electron === undefined) return 1
  const withoutSandbox = process.env.NO_SANDBOX === '1'
  const trouble = withoutSandbox ? undefined : sandboxTrouble(electron.executable)
  if (trouble !== undefined) throw new Error(trouble)
  // What is built here is not for `npm start`, which builds again where this file is missing.
  await rm(join(root, 'out', 'renderer', 'index.html'), { force: true })
  // The builds' folders are relative.
  process.chdir(root)
  const { config } = await resolveConfig({ logLevel: 'warn' }, 'serve', 'development')
  const display = hasDisplay(process.env) ? undefined : await startDisplay()
  const [port, stopServer] = await serveRenderer(config?.renderer ?? {})
  const environment = { ...process.env, ...display?.environment, ELECTRON_RENDERER_URL: `http://127.0.0.1:${port}` }
  const switches = withoutSandbox ? ['--no-sandbox'] : neededSwitches()
  const args = [...switches, root, '--data', dataDirectory, ...process.argv.slice(2)]

  let app: ChildProcess | undefined
  let restarts = Promise.resolve()
  const ended = Promise.withResolvers<number>()
  let closing = false
  const start = () => {
    if (closing) return
    const started = spawn(electron.executable, args, { stdio: 'inherit', env: environment })
    app = started
    started.on('error', ended.reject)
    started.on('exit', (code) => {
      if (app === started) ended.resolve(code ?? 1)
    })
  }
  const stop = async () => {
    const stopped = app
    app = undefined
    if (stopped === undefined || !stopped.kill('SIGTERM')) return
    await once(stopped, 'exit')
  }
  const restart = () => {
    restarts = restarts.then(stop).then(start)
  }
  for (const part of [config?.main, config?.preload]) await watch(part ?? {}, restart)
  say(`Starting ${electron.description}; its data is in ${dataDirectory}.`)
  start()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.resolve(0))
  const code = await ended.promise
  closing = true
  await restarts
  await stop()
  await stopServer()
  display?.stop()
  process.exit(code)
}

/** Builds once, and again after each change of a source. @returns when the first build is there */
async function watch(config: InlineConfig, onRebuilt: () => void): Promise<void> {
  const watcher = await build(mergeConfig(config, { build: { watch: {}, sourcemap: true, minify: false } }))
  if (!('on' in watcher)) throw new Error('Vite does not watch')
  let onEnd = () => {}
  const first = new Promise<void>((done) => {
    onEnd = done
  })
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') say(event.error.message)
    if (event.code !== 'END') return
    onEnd()
    onEnd = onRebuilt
  })
  await first
}

/** @returns the port, and what closes it */
async function serveRenderer(config: InlineConfig): Promise<[number, () => Promise<void>]> {
  const port = await freePort()
  // The page is on the app's own scheme, so it cannot find the server of its updates by its address.
  const hmr = { protocol: 'ws', host: '127.0.0.1', clientPort: port }
  // A work tree may use packages of a folder above it.
  const packages = resolve(createRequire(import.meta.url).resolve('vite/package.json'), '../..')
  const options = { host: '127.0.0.1', port, strictPort: true, hmr, fs: { allow: [root, packages] } }
  const server = await createServer(mergeConfig(config, { server: options }))
  await server.listen()
  return [port, () => server.close()]
}

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const address = socket.address()
  await new Promise((closed) => socket.close(closed))
  if (address === null || typeof address === 'string') throw new Error('This computer has no free port.')
  return address.port
}

/** A display that shows nothing, for a machine without one. An idle Xvfb does not end on SIGTERM. */
async function startDisplay(): Promise<{ environment: { DISPLAY: string }; stop: () => void }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const failed = once(server, 'exit').then(() => Promise.reject(new Error('Xvfb could not be started.')))
  const [number] = await Promise.race([once(server.stdio[3] ?? server, 'data'), failed])
  failed.catch(() => {})
  const DISPLAY = `:${String(number).trim()}`
  say(`There is no display: the window is on Xvfb's ${DISPLAY}.`)
  return { environment: { DISPLAY }, stop: () => server.kill('SIGKILL') }
}
