import { join } from 'node:path'
import { type BrowserType, test as base, expect, type Page } from '@playwright/test'
import { usualSettings } from '../../src-contract/contract/admin/settings.ts'
import { SESSION_KEY_PLACE } from '../../src-contract/util/session-key.ts'
import { ask, runJob } from './ask.ts'
import { launchDesktop } from './desktop.ts'
import { startServe } from './serve.ts'
import { withTemporaryFolder } from './temporary-folder.ts'
import { browserWindow, desktopWindow, type Window } from './window.ts'

/** A cabinet with one window. */
type Running = { page: Page; window(folder: string): Window; stop(): Promise<void> }

type Fixtures = {
  /** For the files of a test. */
  folder: string
  /** A window on the library of the file's `models`. */
  scene: Window
  /** A window on a new, empty cabinet, for tests of jobs, the port or watched folders, which are not restored. */
  newScene: Window
  /** The switch for the port of `newScene`; without one the cabinet takes the port of its settings. */
  port: string[]
}
type SharedFixtures = {
  /** For the files of `models`. */
  modelFolder: string
  /** The paths of the models in the library of `scene`. Files with the same `models` share a cabinet. */
  models: string[]
  start(dataDirectory: string, port: string[]): Promise<Running>
  /** The cabinet of `scene`, and how to bring it back to its beginning. */
  prepared: Running & { restore(): Promise<void> }
}

const anyPort = ['--port', '0']
const { MaxUploadSize, NetworkLinks } = usualSettings

/**
 * Tests of the window that run both in the app and in a browser. They share one window, for starting the app takes seconds; before each
 * test the library is restored from a backup, the settings are reset and the window forgets everything, so that no test depends on another.
 */
export const test = base.extend<Fixtures, SharedFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  folder: ({}, use) => withTemporaryFolder(use),
  scene: async ({ prepared, folder }, use) => {
    await prepared.restore()
    await use(prepared.window(folder))
  },
  port: [anyPort, { option: true }],
  newScene: ({ start, folder, port }, use) =>
    withTemporaryFolder(async (data) => {
      const running = await start(data, port)
      await use(running.window(folder))
      await running.stop()
    }),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  modelFolder: [({}, use) => withTemporaryFolder(use), { scope: 'worker' }],
  models: [[], { scope: 'worker', option: true }],
  start: [
    ({ playwright }, use, { project }) =>
      use(project.name === 'desktop' ? startApp : (folder, port) => startInBrowser(folder, port, playwright.chromium)),
    { scope: 'worker' },
  ],
  prepared: [
    ({ start, models }, use) =>
      withTemporaryFolder(async (folder) => {
        const backup = { Path: join(folder, 'backup') }
        const running = await start(join(folder, 'data'), anyPort)
        const { page } = running
        if (models.length > 0) await runJob(page, '/admin/import', { Paths: models })
        // A check that ends later would change the window of a test.
        await expect.poll(() => ask(page, 'GET', '/functions?Runs=null&Limit=1'), { timeout: 150_000 }).toEqual([])
        await runJob(page, '/admin/backup', backup)
        const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))
        const restore = async () => {
          await runJob(page, '/admin/restore', backup)
          await ask(page, 'PATCH', '/admin/settings', { MaxUploadSize, NetworkLinks })
          await page.setViewportSize(size)
          await forget(page)
        }
        await use({ ...running, restore })
        await running.stop()
      }),
    { scope: 'worker', timeout: 240_000 },
  ],
})

async function startApp(dataDirectory: string, port: string[]): Promise<Running> {
  const desktop = await launchDesktop(dataDirectory, [], { port })
  return {
    page: desktop.page,
    window: (folder) => desktopWindow(desktop, folder),
    stop: () => desktop.app.close(),
  }
}

async function startInBrowser(dataDirectory: string, port: string[], chromium: BrowserType): Promise<Running> {
  const served = await startServe(dataDirectory, undefined, port)
  const browser = await chromium.launch()
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.goto(served.signInUrl)
  await page.getByRole('contentinfo').waitFor()
  return {
    page,
    window: (folder) => browserWindow(page, folder),
    async stop() {
      await browser.close()
      await served.stop()
    },
  }
}

async function forget(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await page.evaluate((place) => {
    location.hash = '#/'
    // The browser stays signed in.
    const key = localStorage.getItem(place)
    localStorage.clear()
    if (key !== null) localStorage.setItem(place, key)
    sessionStorage.clear()
  }, SESSION_KEY_PLACE)
  await page.reload()
  const firstRun = page.getByRole('heading', { name: 'Drop ONNX models here' })
  await page.getByRole('row').nth(1).or(firstRun).first().waitFor()
}

export { expect } from '@playwright/test'
