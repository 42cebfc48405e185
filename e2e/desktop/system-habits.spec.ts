import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Desktop, expect, launchDesktop, test } from '../harness/desktop.ts'
import { importModel } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { choose } from '../harness/native-menu.ts'
import { createShots } from '../harness/shots.ts'

test('the window comes back where it was, with its zoom and its colours from the first moment', async ({
  dataDirectory,
}) => {
  const bounds = { x: 60, y: 50, width: 900, height: 640 }
  const first = await launchDesktop(dataDirectory)
  await first.app.evaluate(({ BrowserWindow }, there) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds(there)
    window?.webContents.setZoomLevel(1)
  }, bounds)
  const seen = (desktop: Desktop) =>
    desktop.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return { bounds: window?.getBounds(), zoom: window?.webContents.getZoomLevel() }
    })
  // The colour behind the page until that is painted.
  const behind = (desktop: Desktop) =>
    desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase())
  expect(await behind(first)).toBe('#ffffff')
  await choose(first, 'File', 'Settings…')
  await first.page.getByText('Dark', { exact: true }).click()
  await expect(first.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect.poll(() => seen(first)).toMatchObject({ bounds: { width: 900, height: 640 }, zoom: 1 })
  const left = await seen(first)
  await first.app.close()

  const second = await launchDesktop(dataDirectory)
  try {
    await expect.poll(() => seen(second)).toEqual(left)
    expect(await behind(second)).toBe('#141817')
    await expect(second.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  } finally {
    await second.app.close()
  }
})

// Elsewhere the system itself keeps the list.
if (process.platform === 'linux')
  test('the app starts with the machine when asked to', async ({ dataDirectory }) => {
    const env = { ...process.env, XDG_CONFIG_HOME: join(dataDirectory, 'config') }
    const desktop = await launchDesktop(dataDirectory, [], { env })
    const { page } = desktop
    const entry = () =>
      readFile(join(dataDirectory, 'config/autostart/model-cabinet.desktop'), 'utf8').catch(() => null)
    try {
      await choose(desktop, 'File', 'Settings…')
      const start = page.getByRole('switch', { name: 'Start when I sign in' })
      await expect(start).not.toBeChecked()
      expect(await entry()).toBeNull()
      await start.click({ force: true })
      await expect.poll(entry).toContain(`"--data" "${dataDirectory}"`)
      await expect(start).toBeChecked()
      await page.getByRole('region', { name: 'This computer' }).scrollIntoViewIfNeeded()
      await createShots(page, 'desktop').take('settings-computer')
      await start.click({ force: true })
      await expect.poll(entry).toBeNull()
    } finally {
      await desktop.app.close()
    }
  })

test('in forced colours the current row has an outline, and the dot of a model that runs is seen', async ({
  desktop,
}) => {
  const { page } = desktop
  await importModel(desktop, models.v5)
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await row.click({ position: { x: 200, y: 10 } })
  await page.emulateMedia({ forcedColors: 'active' })
  const outline = () => page.locator('[data-current]').evaluate((one) => getComputedStyle(one).outlineStyle)
  expect(await outline()).toBe('solid')
  // Under the pointer the dot, which is only a background, makes way for the mark.
  await page.mouse.move(20, 500)
  const dot = row.getByRole('img', { name: 'Runs here' })
  await expect(dot).toBeVisible({ timeout: 20_000 })
  const colour = await dot.evaluate((one) => getComputedStyle(one).backgroundColor)
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(colour).not.toBe(ground)
})

test('with more contrast, lines are stronger', async ({ desktop: { page } }) => {
  const line = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line').trim())
  await page.emulateMedia({ contrast: 'more' })
  const strong = await line()
  await page.emulateMedia({ contrast: 'no-preference' })
  expect(await line()).not.toBe(strong)
})

test('with less motion, a dialog opens without an animation', async ({ desktop: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  const moving = await page.evaluate(
    () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 0).length,
  )
  expect(moving).toBe(0)
})
