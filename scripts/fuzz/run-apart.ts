import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { FuzzOptions } from './run.ts'

const Result = z.object({
  inputs: z.int(),
  outcomes: z.record(z.string(), z.int()),
  slowest: z.object({ milliseconds: z.number(), number: z.int() }),
  memory: z.array(z.number()),
})
const Message = z.union([z.object({ result: Result }), z.object({ failure: z.string() })])

/** What came of a process: its result, or the number that it failed at, crashed at or hung at. */
export type Apart = { result: z.infer<typeof Result> } | { failure: string; number: number }

/** Milliseconds after which an input that is still under way is one that hangs, however busy the machine. */
const HANGS_AFTER = 120_000

/** Fuzzes one kind in a process of its own, which is ended where an input hangs. */
export async function fuzzApart(options: FuzzOptions & { first: number }): Promise<Apart> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'))
  const progress = join(folder, 'progress')
  const child = fork(
    fileURLToPath(new URL('./child.ts', import.meta.url)),
    [JSON.stringify({ ...options, progress })],
    { execArgv: ['--expose-gc'] },
  )
  let said: z.infer<typeof Message> | undefined
  child.on('message', (message) => {
    said = Message.parse(message)
  })
  let last = numberIn(progress)
  let since = Date.now()
  let hung = false
  const watch = setInterval(() => {
    const number = numberIn(progress)
    // Nothing is under way before the first.
    if (number !== last || number === undefined) since = Date.now()
    last = number
    hung = Date.now() - since > HANGS_AFTER
    if (hung) child.kill('SIGKILL')
  }, 500)
  try {
    const [code, signal] = await once(child, 'exit')
    if (said && 'result' in said) return said
    const failure = said?.failure ?? (hung ? 'It hangs.' : `The process ended with ${signal ?? code}.`)
    return { failure, number: numberIn(progress) ?? options.first }
  } finally {
    clearInterval(watch)
    await rm(folder, { recursive: true, force: true })
  }
}

function numberIn(path: string): number | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text === '' ? undefined : Number(text)
  } catch {
    return undefined
  }
}
