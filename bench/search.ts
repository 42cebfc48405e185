import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { FunctionListing } from '../src-contract/contract/functions/function-listing.ts'
import type { ListingQuery } from '../src-contract/contract/functions/listing.ts'
import { createListing } from '../src-main/cabinet/listing/listing.ts'
import { spawnNode } from '../src-main/processes/spawn/spawn-node.ts'
import { openListReader } from '../src-main/reader/list/list-reader.ts'
import { startServe } from '../src-main/serve/testing/start-serve.ts'
import { functionItemColumns, functionItemTables } from '../src-main/store/repositories/function-row.ts'
import { cabinetOf } from './data/cabinet-of.ts'
import { createRandom } from './data/random.ts'
import { wordStock } from './data/word-stock.ts'
import { type QueryClass, searchClasses } from './search-classes.ts'
import { sized } from './sized.ts'
import { printTable } from './table.ts'

type Way = { name: string; ask(parameters: Record<string, string>): Promise<number> }

/** Each class is asked as often, another query each time, and first a few times more that do not count. */
const WARM_UP = 5

/**
 * Every class of query on a cabinet of `--rows` functions (100,000 unless told), each way in turn with the same queries: the bare
 * statement that reads the page's rows from SQLite once it is known which they are; the whole answer in one process; by the
 * reader process; over HTTP with a token. Milliseconds. `added` is what stands between the bare statement and the HTTP client.
 */
export async function run(options: string[] = []): Promise<void> {
  const { values } = parseArgs({ args: options, options: { rows: { type: 'string' }, queries: { type: 'string' } } })
  const count = Number(values.rows ?? sized(100_000, 500))
  const queries = Number(values.queries ?? sized(200, 2))
  const folder = cabinetOf(count)
  const classes = searchClasses(count, wordStock())
  const measured = new Map<string, Map<string, number[]>>()
  const measure = async (way: Way) => measured.set(way.name, await measureWay(way, classes, queries))

  // Over HTTP first: what the others leave in this process's memory would be collected on the client's time.
  await overHttp(folder, measure)
  await throughReader(join(folder, 'cabinet.db'), measure)
  await inProcess(join(folder, 'cabinet.db'), measure)
  report(classes, measured, count)
}

async function measureWay(way: Way, classes: readonly QueryClass[], queries: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>()
  for (const { name, parameters } of classes) {
    const random = createRandom(name.length * 7919)
    const taken: number[] = []
    for (let turn = -WARM_UP; turn < queries; turn++) {
      const time = await way.ask(parameters(random))
      if (turn >= 0) taken.push(time)
    }
    times.set(
      name,
      taken.sort((a, b) => a - b),
    )
  }
  return times
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const queryOf = (parameters: Record<string, string>): ListingQuery => FunctionListing.parse(parameters)

async function inProcess(path: string, measure: (way: Way) => Promise<unknown>): Promise<void> {
  const start = performance.now()
  const reader = openListReader(path)
  console.log(`read into memory in ${((performance.now() - start) / 1000).toFixed(2)} s`)
  while (reader.tidy());
  const again = performance.now()
  openListReader(path).close()
  console.log(`read again, from the kept index, in ${((performance.now() - again) / 1000).toFixed(2)} s`)
  await measure({ name: 'in process', ask: async (parameters) => timed(() => reader.page(queryOf(parameters))) })

  const database = new Database(path, { readonly: true })
  const idOf = database.prepare<[string], number>('SELECT id FROM function WHERE uuid = ?').pluck()
  const rows = database.prepare<[string], object>(
    `SELECT ${functionItemColumns} FROM json_each(?) wanted CROSS JOIN ${functionItemTables} WHERE f.id = wanted.value ORDER BY wanted.key`,
  )
  await measure({
    name: 'bare',
    async ask(parameters) {
      const ids = JSON.stringify(reader.page(queryOf(parameters)).rows.map(({ UUID }) => idOf.get(UUID)))
      return timed(() => rows.all(ids))
    },
  })
  database.close()
  reader.close()
}

async function throughReader(databasePath: string, measure: (way: Way) => Promise<unknown>): Promise<void> {
  const database = new Database(databasePath, { readonly: true })
  const listing = createListing({ spawn: spawnNode, databasePath, database, deadline: 60_000 })
  await listing.ready
  await measure({ name: 'reader', ask: async (parameters) => timed(() => listing.list(queryOf(parameters), {})) })
  await listing.close()
  database.close()
}

async function overHttp(folder: string, measure: (way: Way) => Promise<unknown>): Promise<void> {
  const served = await startServe('--data', folder, '--port', '0')
  const agent = new Agent({ keepAlive: true })
  const headers = { Authorization: `Bearer ${served.token}` }
  const ask = (parameters: Record<string, string>) =>
    timed(
      () =>
        new Promise<void>((resolve, reject) => {
          const sent = get(
            `${served.url}/functions?${new URLSearchParams(parameters)}`,
            { agent, headers },
            (response) => {
              if (response.statusCode !== 200) reject(new Error(`HTTP ${response.statusCode} for ${sent.path}`))
              response.resume().once('end', resolve)
            },
          )
          sent.once('error', reject)
        }),
    )
  await measure({ name: 'http', ask })
  agent.destroy()
  await served.end('SIGTERM')
}

function report(classes: readonly QueryClass[], measured: Map<string, Map<string, number[]>>, count: number): void {
  const at = (way: string, name: string, share: number) => {
    const times = measured.get(way)?.get(name) ?? []
    return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  }
  const figure = (value: number) => value.toFixed(2).padStart(7)
  const pair = (way: string, name: string) => `${figure(at(way, name, 0.5))}${figure(at(way, name, 0.99))}`
  const head = [
    'class',
    'bare p50/p99',
    'in process p50/p99',
    'reader p50/p99',
    'HTTP p50/p99',
    'HTTP max',
    'added p50',
  ]
  const lines = classes.map(({ name }) => [
    name,
    pair('bare', name),
    pair('in process', name),
    pair('reader', name),
    pair('http', name),
    figure(at('http', name, 1)),
    figure(at('http', name, 0.5) - at('bare', name, 0.5)),
  ])
  console.log(`${count.toLocaleString('en')} functions, milliseconds`)
  printTable([head, ...lines])
  const all = classes.flatMap(({ name }) => measured.get('http')?.get(name) ?? []).sort((a, b) => a - b)
  const worst = Math.max(...classes.map(({ name }) => at('http', name, 0.99)))
  const p99 = all[Math.floor(all.length * 0.99)] ?? Number.NaN
  console.log(
    `over HTTP, all ${all.length} requests: p99 ${figure(p99).trim()}; worst class's p99 ${figure(worst).trim()}`,
  )
}
