import type { Locator } from '@playwright/test'
import { expect, test } from '../harness/browser.ts'
import { createShots } from '../harness/shots.ts'

/** Whether a click on its middle reaches it. */
const isOnTop = (button: Locator) =>
  button.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(x + width / 2, y + height / 2))
  })

// Protects a dialog's buttons: a notice that is still there lies over none of them, and what is wrong with a field moves none.
test('a dialog keeps its buttons clear of notices and in line with its fields', async ({ page }) => {
  const places = page.getByRole('navigation', { name: 'Places' })
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  for (const [name, width, height] of [
    ['First', 1280, 800],
    ['Second', 640, 480],
  ] as const) {
    await page.setViewportSize({ width, height })
    await places.getByRole('button', { name: 'New catalogue' }).click()
    await page.getByRole('textbox', { name: 'Name of the new catalogue' }).fill(name)
    await page.keyboard.press('Enter')
    await places.getByRole('button', { name: `Actions for ${name}` }).press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    await expect(page.getByText(`Catalogue ${name} was deleted.`)).toBeVisible()
    const undo = page.getByRole('alert').filter({ hasText: name }).getByRole('button', { name: 'Undo' })
    const activity = page.getByRole('dialog', { name: 'Activity' })
    await page.getByRole('button', { name: 'Activity' }).click()
    await expect(activity).toBeVisible()
    expect(await isOnTop(undo)).toBe(true)
    await page.keyboard.press('Escape')
    await expect(activity).toBeHidden()

    await page.keyboard.press('Control+i')
    await dialog.getByText('URL', { exact: true }).click()
    const field = dialog.getByRole('textbox', { name: 'URL' })
    const button = dialog.getByRole('button', { name: 'Download' })
    await field.fill('ftp://example.org/model.onnx')
    await button.click()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(
      dialog.getByText('This must be an http or https address, or hf://organisation/repository.'),
    ).toBeVisible()
    await expect.poll(async () => (await button.boundingBox())?.y).toBe((await field.boundingBox())?.y)
    if (width === 640) await createShots(page, 'browser').take('import-address')
    await dialog.getByText('Folder', { exact: true }).click()
    const last = dialog.getByRole('button', { name: 'Import', exact: true })
    await last.scrollIntoViewIfNeeded()
    await expect(page.getByText(`Catalogue ${name} was deleted.`)).toBeVisible()
    expect(await isOnTop(last)).toBe(true)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    // The way back is there again once the dialog is gone.
    await undo.click()
    await expect(places.getByRole('link', { name: new RegExp(name) })).toBeVisible()
  }
})
