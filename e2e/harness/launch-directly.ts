import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'

const Targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }))
const Reply = z.object({
  error: z.object({ message: z.string() }).optional(),
  result: z
    .object({
      result: z.object({ value: z.unknown().optional() }).optional(),
      exceptionDetails: z
        .object({ text: z.string(), exception: z.object({ description: z.string() }).optional() })
        .optional(),
    })
    .optional(),
})

export type DirectApp = {
  pid: number
  /** What was written to standard error so far. */
  log(): string
  /** Evaluates an expression in the window's page; a promise is waited for. */
  evaluate(expression: string): Promise<unknown>
  /** Ends it as a session manager does, and tells its exit code. */
  end(): Promise<number | null>
}

/**
 * Starts an app as a desktop does: no Playwright, no debugger of Node. Its page is asked over Chromium's own debugging port.
 * `scheme` is that of the page's address.
 * @throws Error with the log where no window shows within the limit (milliseconds)
 */
export async function launchDirectly(
  program: string,
  args: string[],
  { environment = process.env, scheme = 'app:', limit = 30_000 } = {},
): Promise<DirectApp> {
  const child = spawn(program, [...args, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += String(chunk)
  })
  /** Of the newest start: `npm run dev` starts the app again and again. */
  const page = async () => {
    const address = [...log.matchAll(/DevTools listening on ws:\/\/([^/]+)\//g)].at(-1)?.[1]
    if (address === undefined) return undefined
    const targets = Targets.parse(await (await fetch(`http://${address}/json`)).json())
    return targets.find(({ type, url }) => type === 'page' && url.startsWith(scheme))?.webSocketDebuggerUrl
  }
  const ask = async (expression: string) =>
    evaluate(await within(limit, () => page().catch(() => undefined)), expression)
  try {
    // A page that is being loaded answers nothing yet.
    await within(limit, () => ask('document.querySelector("footer") ? 1 : undefined').catch(() => undefined))
    return {
      pid: child.pid ?? 0,
      log: () => log,
      evaluate: ask,
      end: () => end(child),
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`no window: ${error instanceof Error ? error.message : error}\n${log}`)
  }
}

async function evaluate(address: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  try {
    const answer = once(socket, 'message')
    const params = { expression, awaitPromise: true, returnByValue: true }
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
    const [message] = await answer
    const { error, result } = Reply.parse(JSON.parse(z.object({ data: z.string() }).parse(message).data))
    if (error) throw new Error(error.message)
    const thrown = result?.exceptionDetails
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text)
    return result?.result?.value
  } finally {
    socket.close()
  }
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await ended
  return z.number().nullable().parse(code)
}

/** Asks again and again until there is an answer. */
async function within<Value>(limit: number, ask: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  const deadline = performance.now() + limit
  while (performance.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`nothing within ${limit / 1000} s`)
}
