import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { readArguments } from '../src-main/desktop/arguments.ts'
import { hasDisplay } from './display.ts'

/** The line that `serve` prints when it is ready; only what is needed here. */
const Ready = z.object({ signInUrl: z.string() })

/**
 * Serves the cabinet without a window, and opens the browser where there is one. `args` are the window's own.
 * @returns the exit code of `serve`
 */
export async function serveInstead(root: string, args: string[], say: (sentence: string) => void): Promise<number> {
  const child = spawn(process.execPath, ['src-main/entries/serve.ts', ...serveArguments(args, say)], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`)
    const ready = Ready.safeParse(parsed(line))
    if (ready.success) open(ready.data.signInUrl, say)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 0)))
}

/** Of what the window was given, `serve` takes the folder and the port; there is nobody to show a file to. */
function serveArguments(args: string[], say: (sentence: string) => void): string[] {
  const command = readArguments(args, process.cwd())
  if (command.name !== 'window') return []
  const { dataDirectory, port, opened } = command
  if (opened.paths.length > 0) say('Files are opened by the window only; import them in the browser.')
  return ['--data', dataDirectory, ...(port === undefined ? [] : ['--port', String(port)])]
}

function open(url: string, say: (sentence: string) => void): void {
  if (!hasDisplay(process.env)) {
    say(`No browser can be opened here. Open this address in one on this machine: ${url}`)
    return
  }
  say(`Opening the browser at ${url}`)
  const [command, ...args] = opener(url)
  const browser = spawn(command, args, { stdio: 'ignore', detached: true })
  browser.on('error', () => say('No browser could be opened; open the address yourself.'))
  browser.unref()
}

function opener(url: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', url]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
