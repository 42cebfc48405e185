import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type DirectApp, launchDirectly } from '../../e2e/harness/launch-directly.ts'
import { models } from '../../e2e/harness/models.ts'
import { sized } from '../sized.ts'
import { printTable } from '../table.ts'
import { type Measured, measure } from './measure.ts'
import type { Stage } from './stage.ts'
import { quantile, ratio, spread } from './statistics.ts'

const UPLOADS = sized(500, 5)
/** Milliseconds of one measurement. */
const SPAN = sized(5_000, 200)
const IDLE_SPANS = sized(3, 1)

const Numbers = z.array(z.number())
const MeasuredShape = z.object({ frames: Numbers, calls: Numbers, requests: Numbers })
const Endpoint = z.object({ url: z.string(), tokenFile: z.string() })
const Load = z.object({ uploads: z.number(), searches: z.number(), seconds: z.number() })

/**
 * How the window answers while another program uploads 500 models and hammers searches over HTTP, beside the same window with
 * nothing to do: time between frames, of a call to main, and of a page of the list through main and the cabinet.
 */
export async function measureUnderLoad({ executable, switches, root }: Stage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-window-'))
  const app = await launchDirectly(executable, [...switches, root, '--data', folder, '--port', '0'])
  try {
    const endpoint = Endpoint.parse(await app.evaluate('cabinet.endpoint()'))
    // The first calls pay for code that is loaded once.
    await measureFor(app, 1)
    const idle = await measureFor(app, IDLE_SPANS)
    const { loaded, load } = await measureWhileLoaded(app, endpoint, root)
    print(idle, loaded)
    const { uploads, searches, seconds } = load
    console.log(
      `${uploads} uploads and ${searches} searches in ${seconds.toFixed(1)} s, ${loaded.frames.length} frames`,
    )
  } finally {
    await app.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureFor(app: DirectApp, spans: number): Promise<Measured> {
  const all: Measured = { frames: [], calls: [], requests: [] }
  for (let span = 0; span < spans; span++) add(all, await measureOnce(app))
  return all
}

async function measureOnce(app: DirectApp): Promise<Measured> {
  return MeasuredShape.parse(await app.evaluate(`(${measure.toString()})(${SPAN})`))
}

function add(all: Measured, more: Measured): void {
  all.frames.push(...more.frames)
  all.calls.push(...more.calls)
  all.requests.push(...more.requests)
}

async function measureWhileLoaded(app: DirectApp, { url, tokenFile }: z.infer<typeof Endpoint>, root: string) {
  const token = (await readFile(tokenFile, 'utf8')).trim()
  const child = spawn(process.execPath, [join(root, 'bench/window/load.ts'), url, token, models.v5, String(UPLOADS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  let running = true
  const ended = new Promise<void>((done, fail) => {
    child.on('close', (code) => {
      running = false
      if (code === 0) done()
      else fail(new Error(`the load ended with code ${code}`))
    })
  })
  const loaded: Measured = { frames: [], calls: [], requests: [] }
  while (running) add(loaded, await measureOnce(app))
  await ended
  return { loaded, load: Load.parse(JSON.parse(output)) }
}

function print(idle: Measured, loaded: Measured): void {
  const names = { frames: 'between frames', calls: 'call to main', requests: 'page of the list' } as const
  const rows = (['frames', 'calls', 'requests'] as const).map((kind) => [
    names[kind],
    ...spread(idle[kind]),
    ...spread(loaded[kind]),
    ratio(quantile(loaded[kind], 1), quantile(idle[kind], 1)),
  ])
  printTable([['', 'idle: median', 'p99', 'worst', 'under load: median', 'p99', 'worst', 'worst / idle'], ...rows])
}
