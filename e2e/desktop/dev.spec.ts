import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { testSwitches } from '../harness/desktop.ts'
import { launchDirectly } from '../harness/launch-directly.ts'

// Protects `npm run dev`: what is changed in the sources of the window shows in the running one, what is changed elsewhere starts the app
// again on the same data folder.

const root = resolve(import.meta.dirname, '../..')
const sources = [
  'package.json',
  'tsconfig.json',
  'electron.vite.config.ts',
  'scripts',
  'src-contract',
  'src-main',
  'src-preload',
  'src-renderer',
]
/** Vite prepares all packages first. */
const LIMIT = 240_000

/** Inside the project, so that the packages are found above it. */
async function withCopy(use: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(join(root, '.cache'), { recursive: true })
  const folder = await mkdtemp(join(root, '.cache', 'dev-test-'))
  try {
    for (const source of sources) await cp(join(root, source), join(folder, source), { recursive: true })
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function replaceIn(path: string, before: string, after: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  expect(text).toContain(before)
  await writeFile(path, text.replace(before, after))
}

test('a changed label shows without a restart, a change of the main process restarts the app', async () => {
  test.setTimeout(3 * LIMIT)
  await withCopy(async (folder) => {
    const args = [join(folder, 'scripts/dev.ts'), ...testSwitches(), '--port', '0']
    const app = await launchDirectly(process.execPath, args, { limit: LIMIT })
    const shows = (expression: string) =>
      expect.poll(() => app.evaluate(expression).catch(() => undefined), { timeout: LIMIT })
    try {
      await app.evaluate('window.before = true')
      const sideBar = join(folder, 'src-renderer/shell/side-bar/side-bar.tsx')
      await replaceIn(sideBar, '>Model Cabinet</span>', '>A changed label</span>')
      await shows('window.before && document.querySelector("nav").innerText.includes("A changed label")').toBe(true)

      await replaceIn(join(folder, 'src-main/entries/main.ts'), 'catchUncaught()', 'catchUncaught();')
      await shows('window.before === undefined && document.body.innerText.includes("Cabinet healthy")').toBe(true)
    } finally {
      await app.end()
    }
  })
})
