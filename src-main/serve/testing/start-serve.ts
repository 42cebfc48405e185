import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Ready = z.object({ url: z.url(), signInUrl: z.url(), tokenFile: z.string(), dataDir: z.string(), pid: z.int() })

/** A `serve` in a process of its own. */
export type Served = z.infer<typeof Ready> & {
  child: ChildProcess
  token: string
  /** Everything it wrote so far. */
  output(): { stdout: string; stderr: string }
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const ownEntry = fileURLToPath(new URL('../../entries/serve.ts', import.meta.url))

/**
 * Starts `serve` and waits until it is ready.
 * @throws Error with what it said where it ends before
 */
export async function startServe(...args: string[]): Promise<Served> {
  return startServeWith({}, ...args)
}

/** `environment`: variables for the process and its children; `entry`: a built `serve` in place of its source; `descriptors`: how many it may have open. */
export type ServeOptions = { environment?: Record<string, string>; entry?: string; descriptors?: number }

export async function startServeWith(options: ServeOptions, ...args: string[]): Promise<Served> {
  const { child, output } = spawnServe(args, options)
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (first === undefined) throw new Error(`serve ended: ${output().stderr}`)
  const ready = Ready.parse(JSON.parse(String(first[0])))
  const token = (await readFile(ready.tokenFile, 'utf8')).trim()
  return {
    ...ready,
    child,
    token,
    output,
    fetch: (path, init = {}) =>
      fetch(ready.url + path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } }),
    async end(signal) {
      child.kill(signal)
      const [code, by] = await ended
      return { code, signal: by }
    },
  }
}

/** Starts `serve` and waits for its end, as where it refuses. */
export async function runServe(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { child, output } = spawnServe(args)
  const [code] = await once(child, 'exit')
  return { code, ...output() }
}

function spawnServe(args: string[], { environment = {}, entry = ownEntry, descriptors }: ServeOptions = {}) {
  const env = { ...process.env, ...environment }
  const command: [string, ...string[]] = [process.execPath, entry, ...args]
  const [program, ...rest] =
    descriptors === undefined ? command : ['sh', '-c', `ulimit -n ${descriptors}; exec "$@"`, 'sh', ...command]
  const child = spawn(program ?? '', rest, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const heard = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    heard.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    heard.stderr += chunk
  })
  return { child, output: () => heard }
}
