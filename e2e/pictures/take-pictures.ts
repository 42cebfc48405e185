import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { z } from 'zod'
import { neededSwitches } from '../../scripts/display.ts'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { findElectron } from '../../scripts/find-electron.ts'
import { importedFiles, importText } from '../harness/import-by-path.ts'

// `xvfb-run npm run pictures -- FOLDER`: the README's pictures, of the real window with some sixty real models. FOLDER holds the test
// models of ONNX (`onnx/`) and of ONNX Runtime (`onnxruntime/`); which of them, and under what names, stands in models.json.

const Shelf = z.object({ documentation: z.string(), models: z.record(z.string(), z.string()) })
const root = resolve(import.meta.dirname, '../..')
const silero = join(root, 'node_modules/@ricky0123/vad-web/dist')
const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  say('Give the folder that holds the models.')
  process.exitCode = 1
} else await takePictures(resolve(folder))

async function takePictures(models: string): Promise<void> {
  await ensureBuilt(root, say)
  const electron = await findElectron(process.env, say)
  if (electron === undefined) throw new Error('The window needs an Electron.')
  const work = await mkdtemp(join(tmpdir(), 'pictures-'))
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [...neededSwitches(), '--disable-gpu', root, '--data', join(work, 'data')],
  })
  try {
    const page = await app.firstWindow()
    await page.getByRole('contentinfo').waitFor()
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setMenuBarVisibility(false)
      window?.setContentSize(1280, 800)
    })
    await fill(page, models, work)
    for (const [scheme, name] of [
      ['light', 'window.png'],
      ['dark', 'window-dark.png'],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await pose(page)
      await page.screenshot({ path: join(root, 'docs', name) })
      say(`docs/${name}`)
    }
  } finally {
    await app.close()
    await rm(work, { recursive: true, force: true })
  }
}

/** Imports every model under its name, into its catalogue, with its words. */
async function fill(page: Page, models: string, work: string): Promise<void> {
  const shelves = z
    .record(z.string(), Shelf)
    .parse(JSON.parse(await readFile(join(import.meta.dirname, 'models.json'), 'utf8')))
  for (const [shelf, { documentation, models: files }] of Object.entries(shelves)) {
    const catalogue =
      shelf === '' ? undefined : z.string().parse((await ask(page, 'POST', '/catalogues', { Name: shelf })).UUID)
    const paths: string[] = []
    for (const [name, file] of Object.entries(files)) {
      const path = join(work, `${name}.onnx`)
      await copyFile(join(models, file), path)
      paths.push(path)
    }
    if (shelf === 'Audio')
      for (const version of ['legacy', 'v5', 'v6']) paths.push(join(silero, `silero_vad_${version}.onnx`))
    for (const { outcome, path: name, uuid } of importedFiles(await page.evaluate(importText(paths, catalogue)))) {
      if (outcome !== 'imported') say(`${name}: ${outcome}`)
      else if (documentation !== '')
        await ask(page, 'PATCH', `/function/${uuid}`, {
          Documentation: documentation,
          ...(/resnet50|silero_vad_v5|bert/.test(name) && { Starred: true }),
        })
    }
  }
  const unchecked = page.waitForFunction(
    async () => {
      const answer = await window.cabinet?.request({ id: 'unchecked', method: 'GET', path: '/functions', headers: {} })
      return !answer?.body.includes('"Runs":null')
    },
    undefined,
    { timeout: 120_000, polling: 500 },
  )
  await unchecked
}

async function ask(page: Page, method: 'POST' | 'PATCH', path: string, body: unknown) {
  const answer = await page.evaluate(
    ([verb, asked, text]) =>
      window.cabinet?.request({
        id: 'fill',
        method: verb,
        path: asked,
        headers: { 'Content-Type': 'application/json' },
        body: text,
      }),
    [method, path, JSON.stringify(body)] as const,
  )
  if (answer === undefined || answer.status >= 400) throw new Error(`${path}: ${answer?.body}`)
  return z.record(z.string(), z.unknown()).parse(JSON.parse(answer.body))
}

/** All models by name, one of them peeked at. */
async function pose(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/?OrderBy=Name'
  })
  const row = page.getByRole('row', { name: /^densenet121|densenet121/ }).first()
  await row.waitFor()
  await row.click({ position: { x: 400, y: 12 } })
  if ((await page.getByRole('complementary').count()) === 0) await page.keyboard.press('Space')
  await page.getByRole('complementary').first().waitFor()
  await page.mouse.move(700, 790)
  await page.getByText('checking', { exact: true }).first().waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}
