import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { Agent, get, type IncomingMessage, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { startServe } from '../src-main/serve/testing/start-serve.ts'
import { cabinetOf } from './data/cabinet-of.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'
import { milliseconds, quantile } from './window/statistics.ts'

const FUNCTIONS = sized(10_000, 200)
const SECONDS = sized(5, 1)
const CONNECTIONS = [1, 10]

type Figures = { requests: number; p50: number; p99: number; bytes: number }

/** A page of 50 functions over HTTP, beside bare node:http and one SQLite statement on the same database in the same run. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-http-list-'))
  try {
    await cp(cabinetOf(FUNCTIONS), folder, { recursive: true })
    const served = await startServe('--data', folder, '--port', '0')
    const bare = await startBare(join(folder, 'cabinet.db'))
    const rows = [['connections', 'server', 'requests a second', 'p50', 'p99', 'bytes a page', 'of the bare one']]
    for (const connections of CONNECTIONS) {
      const reference = await measure(bare.url, connections, {})
      const headers = { Authorization: `Bearer ${served.token}` }
      const ours = await measure(`${served.url}/functions?Limit=50`, connections, headers)
      rows.push(row(connections, 'bare node:http + SQLite', reference, reference))
      rows.push(row(connections, 'Model Cabinet', ours, reference))
    }
    bare.end()
    await served.end('SIGTERM')
    printTable(rows)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function row(connections: number, name: string, figures: Figures, reference: Figures): string[] {
  const { requests, p50, p99, bytes } = figures
  const share = `${((100 * requests) / reference.requests).toFixed(0)} %`
  return [
    String(connections),
    name,
    requests.toFixed(0),
    milliseconds(p50),
    milliseconds(p99),
    bytes.toLocaleString('en'),
    share,
  ]
}

async function startBare(database: string): Promise<{ url: string; end(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'data', 'bare-list-server.ts'), database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { port } = z.object({ port: z.int() }).parse(JSON.parse(String(line)))
  return { url: `http://127.0.0.1:${port}/`, end: () => child.kill() }
}

async function measure(url: string, connections: number, headers: Record<string, string>): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    await load(url, connections, { agent, headers }, 1)
    const answers = await load(url, connections, { agent, headers }, SECONDS)
    const times = answers.map(({ time }) => time)
    const bytes = Math.max(...answers.map((answer) => answer.bytes))
    return { requests: answers.length / SECONDS, p50: quantile(times, 0.5), p99: quantile(times, 0.99), bytes }
  } finally {
    agent.destroy()
  }
}

type Answer = { time: number; bytes: number }

/** Sends one request after another on each connection for so many seconds. */
async function load(url: string, connections: number, options: RequestOptions, seconds: number): Promise<Answer[]> {
  const answers: Answer[] = []
  const end = performance.now() + seconds * 1000
  async function work(): Promise<void> {
    while (performance.now() < end) {
      const start = performance.now()
      const [response]: IncomingMessage[] = await once(get(url, options), 'response')
      if (response?.statusCode !== 200) throw new Error(`${url} was answered with ${response?.statusCode}`)
      const { byteLength } = await buffer(response)
      answers.push({ time: performance.now() - start, bytes: byteLength })
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  return answers
}
