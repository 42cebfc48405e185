import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { Agent, get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { z } from 'zod'
import { type Served, startServe } from '../src-main/serve/testing/start-serve.ts'
import { cabinetOf } from './data/cabinet-of.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'
import { milliseconds, quantile, ratio } from './window/statistics.ts'

const FUNCTIONS = sized(10_000, 200)
const SECONDS = sized(6, 1)

const loads = {
  'a write waits for SQLite': 'lock',
  'large uploads are refused': 'refused',
  'whole lists, read slowly': 'lists',
  '16 scripts upload': 'uploads',
} as const

/** What a caller waits for a status, a function and a list of 50 while others ask for much, beside the same when nobody else asks. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-waits-'))
  const served = await startServe('--data', await copyOf(folder), '--port', '0')
  const rows = [['while', 'asked for', 'median', 'p99', 'longest', 'median of the idle one', 'answers']]
  const idle = new Map<string, number>()
  try {
    const [first] = Rows.parse(await (await served.fetch('/functions?Limit=1')).json())
    const asked = ['/status', `/function/${first?.UUID}`, '/functions?Limit=50']
    await measure(served, asked, sized(2, 0.2))
    for (const [name, kind] of [['nobody else asks', undefined], ...Object.entries(loads)] as const) {
      const load = kind && (await startLoad(kind, served))
      const times = await measure(served, asked, SECONDS)
      const sum = load && (await endOf(load))
      for (const [path, answers] of times) {
        const median = quantile(answers, 0.5)
        if (!kind) idle.set(path, median)
        rows.push([
          name,
          path.replace(/[0-9a-f-]{36}/, '…'),
          ...[0.5, 0.99, 1].map((part) => milliseconds(quantile(answers, part))),
          ratio(median, idle.get(path) ?? Number.NaN),
          String(answers.length),
        ])
      }
      if (sum) console.log(`${name}: ${sum}`)
    }
  } finally {
    await served.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
  printTable(rows)
}

const Rows = z.array(z.object({ UUID: z.string() }))

async function copyOf(folder: string): Promise<string> {
  const data = join(folder, 'data')
  await cp(cabinetOf(FUNCTIONS), data, { recursive: true })
  return data
}

async function startLoad(kind: string, served: Served): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const script = join(import.meta.dirname, 'waits', 'load.ts')
  const load = spawn(process.execPath, [script, kind, served.url, served.token, served.dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(load.stdout, 'data')
  return load
}

/** @returns what the load says of itself */
async function endOf(load: ChildProcessByStdio<Writable, Readable, null>): Promise<string> {
  const said = text(load.stdout)
  load.stdin.end()
  return (await said).trim()
}

async function measure(served: Served, asked: readonly string[], seconds: number): Promise<Map<string, number[]>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times = new Map(asked.map((path): [string, number[]] => [path, []]))
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    for (const [path, answers] of times) {
      const start = performance.now()
      const options = { agent, headers: { Authorization: `Bearer ${served.token}` } }
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(served.url + path, options, resolve).once('error', reject)
      })
      if (response.statusCode !== 200) console.log(`${path} was answered with ${response?.statusCode}`)
      await buffer(response)
      answers.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  agent.destroy()
  return times
}
