import { expect, test } from '../harness/browser.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'

// Protects the smallest window that the app allows: no button loses part of its words, and names are read beside the peek.
test('the smallest window cuts no button and shows the names beside the peek', async ({ page }) => {
  await importModels(page, Object.values(models))
  await page.setViewportSize({ width: 640, height: 480 })
  await page.getByRole('grid', { name: 'Models' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('toolbar')).toContainText('2 selected')
  await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible()
  const cut = () =>
    page.evaluate(() => {
      const labels = [...document.querySelectorAll<HTMLElement>('main .mantine-Button-label')]
      const shown = labels.filter((label) => getComputedStyle(label).position !== 'absolute')
      return shown.filter((label) => label.scrollWidth > label.clientWidth + 1).map((label) => label.textContent)
    })
  await expect.poll(cut).toEqual([])
  const name = await page.locator('[data-index="0"] a').boundingBox()
  expect(name?.width).toBeGreaterThan(60)
  const bar = page.getByRole('toolbar')
  expect(await bar.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible()
  const exporting = bar.getByRole('button', { name: 'Export' })
  await expect(exporting).toBeVisible()
  // Where only the icon has room, the words are a tooltip; where they have room they are not said twice.
  await exporting.hover()
  await expect(exporting).toHaveAttribute('title', 'Export…')
  await page.setViewportSize({ width: 1280, height: 800 })
  await bar.hover({ position: { x: 2, y: 2 } })
  await exporting.hover()
  await expect(exporting).not.toHaveAttribute('title')
})
