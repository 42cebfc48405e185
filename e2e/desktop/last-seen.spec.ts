import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Desktop, expect, launchDesktop, test } from '../harness/desktop.ts'
import { importText } from '../harness/import-by-path.ts'
import { models } from '../harness/models.ts'

// A start shows the library as it was last seen before the cabinet has answered: what people start the app for.

const pictureOf = (dataDirectory: string) => join(dataDirectory, 'window', 'last-seen.json')

/** Whether the first thing that the page painted was that picture. */
const beganWithPicture = ({ page }: Desktop) =>
  page.evaluate(() => {
    const pictures = new PerformanceObserver(() => {})
    pictures.observe({ type: 'element', buffered: true })
    const [first] = performance.getEntriesByName('first-contentful-paint')
    return pictures.takeRecords()[0]?.startTime === first?.startTime
  })

const rowOf = ({ page }: Desktop, name: string) => page.getByRole('row', { name })

async function restart(desktop: Desktop): Promise<Desktop> {
  await desktop.app.close()
  return launchDesktop(desktop.dataDirectory)
}

test('a start begins with the library as it was last seen, which gives way to the list itself', async ({ desktop }) => {
  await desktop.page.evaluate(importText([models.v5]))
  await expect(rowOf(desktop, 'silero')).toBeVisible()
  await expect.poll(() => existsSync(pictureOf(desktop.dataDirectory))).toBe(true)

  const again = await restart(desktop)
  try {
    await expect(rowOf(again, 'silero')).toBeVisible()
    expect(await beganWithPicture(again)).toBe(true)
    await expect(again.page.locator('#last-seen')).toHaveCount(0)
  } finally {
    await again.app.close()
  }
})

test('a picture that is damaged, foreign or of another window is not shown', async ({ desktop }) => {
  await desktop.page.evaluate(importText([models.v5]))
  const file = pictureOf(desktop.dataDirectory)
  await expect.poll(() => existsSync(file)).toBe(true)
  const good = JSON.parse(await readFile(file, 'utf8'))
  await desktop.app.close()

  // So that no start leaves a good one in its place.
  await mkdir(`${file}.part`)
  const foreign = ['"pink"', '{"themeSource": null}', '7']
  const bad = ['{"look":', { ...good, jpeg: '"><h1>foreign</h1>' }, { ...good, look: { ...good.look, width: 700 } }]
  for (const [at, content] of bad.entries()) {
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    // A theme that is none is refused by Electron itself.
    await writeFile(join(dirname(file), 'theme.json'), foreign[at] ?? '')
    const again = await launchDesktop(desktop.dataDirectory)
    try {
      await expect(rowOf(again, 'silero')).toBeVisible()
      expect(await beganWithPicture(again)).toBe(false)
      await expect(again.page.getByRole('heading', { name: 'foreign' })).toHaveCount(0)
    } finally {
      await again.app.close()
    }
  }
})

test('a picture is as wide as the page, on sharp screens and at any zoom', async ({ dataDirectory }) => {
  const { app, page } = await launchDesktop(dataDirectory, ['--force-device-scale-factor=2'])
  const widths = async () => {
    const seen = JSON.parse(await readFile(pictureOf(dataDirectory), 'utf8').catch(() => '{}'))
    return [Math.round(seen.width), await page.evaluate(() => innerWidth)]
  }
  try {
    await expect.poll(widths).toEqual([1280, 1280])
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1.25))
    await expect.poll(widths).toEqual([1024, 1024])
  } finally {
    await app.close()
  }
})

test('no picture is taken while a name is being typed', async ({ desktop: { app, page } }) => {
  const taken = await app.evaluateHandle(({ ipcMain }) => {
    const found = { count: 0 }
    ipcMain.on('cabinet:remember-seen', () => {
      found.count += 1
    })
    return found
  })
  const count = () => taken.evaluate((found) => found.count)
  await page.clock.install()
  await page.getByRole('button', { name: 'New catalogue' }).click()
  const name = page.getByRole('textbox', { name: 'Name of the new catalogue' })
  await expect(name).toBeFocused()
  const before = await count()
  await page.evaluate(() => window.dispatchEvent(new Event('resize')))
  await page.clock.runFor(20_000)
  // What was sent until now has arrived before this is answered.
  await page.evaluate(() => window.cabinet?.endpoint())
  expect(await count()).toBe(before)

  await name.press('Escape')
  // Away from the button, whose name is shown as long as the pointer is on it.
  await page.getByRole('main').hover()
  await page.clock.runFor(5_000)
  await expect.poll(count).toBeGreaterThan(before)
})
