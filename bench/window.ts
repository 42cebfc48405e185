import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type DirectApp, launchDirectly } from '../e2e/harness/launch-directly.ts'
import { models } from '../e2e/harness/models.ts'
import { hasDisplay, neededSwitches } from '../scripts/display.ts'
import { ensureBuilt } from '../scripts/ensure-built.ts'
import { findElectron } from '../scripts/find-electron.ts'
import { printTable } from './table.ts'
import { type Measured, measure } from './window/measure.ts'

const root = resolve(import.meta.dirname, '..')
const UPLOADS = 500
/** Milliseconds of one measurement. */
const SPAN = 5_000
const IDLE_SPANS = 3

const Numbers = z.array(z.number())
const MeasuredShape = z.object({ frames: Numbers, calls: Numbers, requests: Numbers })
const Endpoint = z.object({ url: z.string(), tokenFile: z.string() })
const Load = z.object({ uploads: z.number(), searches: z.number(), seconds: z.number() })

/**
 * How the window answers while another program uploads 500 models and hammers searches over HTTP, beside the same window with
 * nothing to do: time between frames, of a call to main, and of a page of the list through main and the cabinet.
 */
export async function run(): Promise<void> {
  if (!hasDisplay(process.env)) {
    spawnSync('xvfb-run', ['-a', process.execPath, join(root, 'bench/index.ts'), 'window'], { stdio: 'inherit' })
    return
  }
  const say = (sentence: string) => console.error(sentence)
  await ensureBuilt(root, say)
  const electron = await findElectron(process.env, say)
  if (electron === undefined) throw new Error('The window needs an Electron to be measured in.')
  say(`Measuring in ${electron.description}.`)
  const folder = await mkdtemp(join(tmpdir(), 'bench-window-'))
  const args = [...neededSwitches(), '--disable-gpu', root, '--data', folder, '--port', '0']
  const app = await launchDirectly(electron.executable, args)
  try {
    const endpoint = Endpoint.parse(await app.evaluate('cabinet.endpoint()'))
    // The first calls pay for code that is loaded once.
    await measureFor(app, 1)
    const idle = await measureFor(app, IDLE_SPANS)
    const { loaded, load } = await measureUnderLoad(app, endpoint)
    print(idle, loaded)
    console.log(
      `${load.uploads} uploads and ${load.searches} searches in ${load.seconds.toFixed(1)} s, ${loaded.frames.length} frames`,
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

async function measureUnderLoad(app: DirectApp, { url, tokenFile }: z.infer<typeof Endpoint>) {
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
  const rows = [['', 'idle: median', 'p99', 'worst', 'under load: median', 'p99', 'worst', 'worst / worst idle']]
  const names = { frames: 'between frames', calls: 'call to main', requests: 'page of the list' } as const
  for (const kind of ['frames', 'calls', 'requests'] as const) {
    const left = idle[kind].toSorted((a, b) => a - b)
    const right = loaded[kind].toSorted((a, b) => a - b)
    rows.push([
      names[kind],
      ...[0.5, 0.99, 1].map((part) => milliseconds(left, part)),
      ...[0.5, 0.99, 1].map((part) => milliseconds(right, part)),
      ((right.at(-1) ?? 0) / (left.at(-1) ?? 1)).toFixed(1),
    ])
  }
  printTable(rows)
}

function milliseconds(sorted: number[], part: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return `${value.toFixed(1)} ms`
}
