import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { launchDirectly } from '../../e2e/harness/launch-directly.ts'
import { cabinetOf } from '../data/cabinet-of.ts'
import { sized } from '../sized.ts'
import { printTable } from '../table.ts'
import type { Stage } from './stage.ts'
import { median, milliseconds, ratio } from './statistics.ts'

/** Each in turn, so that what else the machine does hits both. */
const ROUNDS = sized(7, 1)

/** Moments in milliseconds of the system's clock; `seen` is that of the picture of the list as it was last seen. */
const Moments = z.object({ painted: z.number(), seen: z.number().nullable(), list: z.number().nullable() })

const emptyMain = `const { app, BrowserWindow } = require('electron')
app.setPath('userData', process.env.EMPTY_USER_DATA)
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  window.loadFile('index.html')
})
app.on('window-all-closed', () => app.quit())
`
const emptyPage = '<!doctype html><title>empty</title><p>An empty window</p><footer></footer>'

/** When the page first painted something, with the list as it was last seen or without; and when today's list stood. */
const moments = `new Promise((done) => {
  const at = (entry) => performance.timeOrigin + entry.startTime
  const shown = []
  const pictures = new PerformanceObserver((list) => shown.push(...list.getEntries()))
  pictures.observe({ type: 'element', buffered: true })
  const look = () => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]
    const list = performance.getEntriesByName('first-list')[0]
    if (!painted || (globalThis.cabinet && !list)) return setTimeout(look, 5)
    const [picture] = [...shown, ...pictures.takeRecords()]
    done({ painted: at(painted), seen: picture ? at(picture) : null, list: list ? at(list) : null })
  }
  look()
})`

/**
 * From the start of the program to the list as it was last seen, which is what it paints first, and to today's list, beside an
 * Electron with one empty window.
 */
export async function measureStart({ executable, switches, root, count }: Stage): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'bench-start-'))
  try {
    const library = join(work, 'library')
    await cp(cabinetOf(count), library, { recursive: true })
    const empty = join(work, 'empty')
    await mkdir(empty)
    await writeFile(join(empty, 'package.json'), '{"name": "empty", "main": "main.js"}')
    await writeFile(join(empty, 'main.js'), emptyMain)
    await writeFile(join(empty, 'index.html'), emptyPage)
    const environment = { ...process.env, EMPTY_USER_DATA: join(work, 'empty-data') }

    const once = async (scheme: string, args: string[], before: () => Promise<void> = async () => {}) => {
      const began = Date.now()
      const app = await launchDirectly(executable, [...switches, ...args], { environment, scheme })
      try {
        const { painted, seen, list } = Moments.parse(await app.evaluate(moments))
        await before()
        const since = (moment: number | null) => (moment === null ? Number.NaN : moment - began)
        return { painted: since(painted), seen: since(seen), list: since(list) }
      } finally {
        await app.end()
      }
    }
    const times: Record<'empty' | 'painted' | 'seen' | 'list', number[]> = {
      empty: [],
      painted: [],
      seen: [],
      list: [],
    }
    const window = [root, '--data', library, '--port', '0']
    // The first start of each fills caches that every later one has, and makes the picture.
    await once('file:', [empty])
    await once('app:', window, () => until(join(library, 'window', 'last-seen.json')))
    for (let round = 0; round < ROUNDS; round++) {
      const reference = await once('file:', [empty])
      const own = await once('app:', window)
      times.empty.push(reference.painted)
      times.painted.push(own.painted)
      times.seen.push(own.seen)
      times.list.push(own.list)
    }
    const base = median(times.empty)
    printTable([
      ['from the start to', 'median', 'best', 'worst', 'beside the empty window'],
      ...(
        [
          ['an empty window painted', times.empty],
          ['our window painted', times.painted],
          [`list of ${count.toLocaleString('en')} as last seen`, times.seen],
          ["today's list, in its place", times.list],
        ] as const
      ).map(([name, all]) => [
        name,
        milliseconds(median(all)),
        milliseconds(Math.min(...all)),
        milliseconds(Math.max(...all)),
        ratio(median(all), base),
      ]),
    ])
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Waits for a file that the app writes when it has time. */
async function until(file: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; !existsSync(file); await setTimeout(100))
    if (Date.now() > deadline) throw new Error(`The app did not write ${file}.`)
}
