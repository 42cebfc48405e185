import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { electronExecutable, expect, test } from '../harness/desktop.ts'
import { models } from '../harness/models.ts'
import { descendants, runningProcesses } from '../harness/processes.ts'

const root = resolve(import.meta.dirname, '../..')
/** What somebody sees who has to report a mistake of ours: the first line of a stack. */
const STACK_LINE = /^\s+at .+:\d+:\d+\)?$/m

type Started = { log(): string; output(): string; end(): Promise<number | null> }

/** `npm start`, but for npm; with nothing of the tests' own in the environment. */
function start(dataDirectory: string, environment: NodeJS.ProcessEnv, args: string[] = []): Started {
  const {
    DISPLAY: _,
    WAYLAND_DISPLAY: __,
    ELECTRON_EXEC_PATH: ___,
    MODEL_CABINET_ELECTRON: ____,
    ...rest
  } = process.env
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, 'scripts/start.ts'), '--data', dataDirectory, '--port', '0', ...args],
    // A browser, where the machine has one, is not for tests.
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...rest, PATH: dataDirectory, ...environment } },
  )
  let log = ''
  let output = ''
  child.stderr?.on('data', (chunk) => {
    log += String(chunk)
  })
  child.stdout?.on('data', (chunk) => {
    output += String(chunk)
  })
  return {
    log: () => log,
    output: () => output,
    async end() {
      if (child.exitCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      const children = descendants(child.pid ?? 0).map(({ pid }) => pid)
      child.kill('SIGTERM')
      const [code] = await ended
      await expect.poll(() => runningProcesses().filter(({ pid }) => children.includes(pid))).toEqual([])
      return code
    },
  }
}

/** Starts it where no window can be, and sees it serve and say why. */
async function servesInstead(dataDirectory: string, environment: NodeJS.ProcessEnv, why: string, args?: string[]) {
  const started = start(dataDirectory, environment, args)
  try {
    await expect.poll(() => started.output(), { timeout: 40_000 }).toMatch(/^\{.*\}\s*$/)
    const { url, dataDir } = JSON.parse(started.output())
    expect((await fetch(`${url}/status`)).status).toBe(200)
    expect(dataDir).toBe(dataDirectory)
    await expect.poll(() => started.log()).toMatch(/address/)
  } finally {
    await started.end()
  }
  expect(started.log()).toContain(why)
  expect(started.log()).toContain('Serving the cabinet for the browser instead; Ctrl-C ends it.')
  expect(started.log()).not.toMatch(STACK_LINE)
  return started.log()
}

const silent = () =>
  new Promise<{ url: string; stop(): void }>((ready) => {
    // Takes every connection and never answers.
    const server = createServer(() => {})
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      ready({
        url: `http://127.0.0.1:${port}/`,
        stop() {
          server.closeAllConnections()
          server.close()
        },
      })
    })
  })

// Only Linux can be without one.
if (process.platform === 'linux')
  test('npm start without a display serves and says why, whatever it was to open', async ({ dataDirectory }) => {
    const log = await servesInstead(dataDirectory, {}, 'there is no display', [models.v5])
    expect(log).toContain('Open this address in one on this machine: http://127.0.0.1:')
    expect(log).toContain('Files are opened by the window only')
  })

test('npm start with an Electron that cannot start serves and says why', async ({ dataDirectory }) => {
  const broken = join(dataDirectory, 'electron')
  await mkdir(dataDirectory, { recursive: true })
  await writeFile(broken, '#!/bin/sh\necho cannot open display >&2\nexit 1\n')
  await chmod(broken, 0o755)
  const log = await servesInstead(
    dataDirectory,
    { DISPLAY: ':1', ELECTRON_EXEC_PATH: broken },
    'Electron exited at once (code 1)',
  )
  expect(log).toContain(`Starting Electron at ${broken}, named by ELECTRON_EXEC_PATH.`)
})

test('npm start on a network that never answers waits so long and no longer, then serves', async ({
  dataDirectory,
}) => {
  const network = await silent()
  try {
    const log = await servesInstead(
      dataDirectory,
      {
        DISPLAY: ':1',
        ELECTRON_EXEC_PATH: join(dataDirectory, 'missing'),
        ELECTRON_MIRROR: network.url,
        XDG_CACHE_HOME: dataDirectory,
      },
      'there is no Electron',
    )
    expect(log).toContain('which is no program that can be run here')
    expect(log).toContain('nothing answered within 15 seconds')
    expect(log).toContain('MODEL_CABINET_ELECTRON=registry')
  } finally {
    network.stop()
  }
})

test('npm start shows the window in the Electron that it names', async ({ dataDirectory }) => {
  const started = start(dataDirectory, {
    DISPLAY: process.env.DISPLAY,
    ELECTRON_EXEC_PATH: electronExecutable(),
    PATH: process.env.PATH,
  })
  try {
    await expect.poll(() => started.log(), { timeout: 20_000 }).toContain('named by ELECTRON_EXEC_PATH')
    // The cabinet of the window tells where it listens.
    await expect.poll(() => fetchStatus(dataDirectory), { timeout: 30_000 }).toBe(200)
  } finally {
    expect(await started.end()).toBe(0)
  }
  expect(started.log()).not.toContain('Serving the cabinet')
  expect(started.log()).not.toMatch(STACK_LINE)
})

async function fetchStatus(dataDirectory: string): Promise<number> {
  try {
    const { url } = JSON.parse(await readFile(join(dataDirectory, 'endpoint.json'), 'utf8'))
    return (await fetch(`${url}/status`)).status
  } catch {
    return 0
  }
}
