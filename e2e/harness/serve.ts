import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')

/** The line that `serve` prints when it is ready. */
const Ready = z.object({
  url: z.string(),
  signInUrl: z.string(),
  tokenFile: z.string(),
  dataDir: z.string(),
  pid: z.number(),
})

export type Served = z.infer<typeof Ready> & { token: string; stop(): Promise<void> }

/** Starts `serve` on a data folder, by the project's own Node unless a command is given, and waits until it is ready. It takes any free port unless told. */
export async function startServe(
  dataDirectory: string,
  [program, ...args]: [string, ...string[]] = [process.execPath, 'src-main/entries/serve.ts'],
  port = ['--port', '0'],
): Promise<Served> {
  const child = spawn(program, [...args, '--data', dataDirectory, ...port], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ready = Ready.parse(JSON.parse(await firstLine(child)))
  return {
    ...ready,
    token: (await readFile(ready.tokenFile, 'utf8')).trim(),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log += String(chunk)
  })
  return new Promise((resolveLine, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code} before it was ready: ${log}`)))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolveLine)
  })
}
