import type { Page } from '@playwright/test'
import { expect, test } from '../harness/journey.ts'
import { withPorts } from '../harness/ports.ts'

/** Opens the settings by their keys. @returns what sets limits and the network */
async function openLimits(page: Page) {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  return page.getByRole('region', { name: 'Limits and network' })
}

test('a size that is too small stays in its field with the reason, until Escape', async ({
  scene: { page, shots },
}) => {
  const card = await openLimits(page)
  await shots.take('settings-limits')
  const largest = card.getByRole('textbox', { name: 'Largest file' })
  await expect(largest).toHaveValue('2')
  await largest.fill('0')
  await page.keyboard.press('Enter')
  await expect(card.getByRole('alert')).toHaveText('Not saved. The largest file must be at least 1 MB (1000000 bytes).')
  await expect(largest).toHaveValue('0')
  await page.keyboard.press('Escape')
  await expect(card.getByRole('alert')).toBeHidden()
  await expect(largest).toHaveValue('2')
})

test('a size is saved in the unit that was chosen, and stays in that', async ({ scene: { page } }) => {
  const card = await openLimits(page)
  const largest = card.getByRole('textbox', { name: 'Largest file' })
  const saved = card.getByRole('status').filter({ hasText: 'Saved' })
  const unit = card.getByRole('combobox', { name: 'Unit of the largest file' })
  await largest.fill('1,5')
  await unit.click()
  await page.getByRole('option', { name: 'MB', exact: true }).click()
  await largest.focus()
  await page.keyboard.press('Enter')
  await expect(saved).toBeVisible()
  await expect(largest).toHaveValue('1.5')

  await unit.click()
  await page.getByRole('option', { name: 'GiB', exact: true }).click()
  for (const amount of ['0.5', '2']) {
    await largest.fill(amount)
    await page.keyboard.press('Enter')
    await expect(saved).toBeVisible()
    await expect(largest).toHaveValue(amount)
    await expect(unit).toHaveValue('GiB')
  }
})

test('links that are turned off are refused where a URL is given', async ({ scene: { page, shots } }) => {
  const card = await openLimits(page)
  await card.getByText('Off', { exact: true }).click()
  await expect(card).toContainText('No model is fetched over the network.')
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('URL', { exact: true }).click()
  await dialog.getByRole('textbox').first().fill('https://example.org/model.onnx')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Network links are turned off in Settings.')
  await shots.take('links-off')
  await page.keyboard.press('Escape')
  await card.getByText('Internet', { exact: true }).click()
  await expect(card).toContainText('not from this computer or private networks')
})

// Without the switch, so that the window may set the port.
test.describe(() => {
  test.use({ port: [] })

  test('a port that is in use is refused, and a free one is taken at once', async ({ newScene: { page, shots } }) => {
    const card = await openLimits(page)
    const address = page.getByRole('contentinfo')
    await withPorts(async (ports) => {
      const port = card.getByRole('textbox', { name: 'Port' })
      await port.fill(String(ports.taken))
      await page.keyboard.press('Enter')
      await expect(card.getByRole('alert')).toHaveText(
        `Not saved. Port ${ports.taken} is in use by another program. Choose another port.`,
      )
      await expect(address).not.toContainText(String(ports.taken))
      await shots.take('settings-refused')
      await port.fill(String(ports.free))
      await page.keyboard.press('Enter')
      await expect(address).toContainText(`127.0.0.1:${ports.free}`)
      await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
      await expect(port).toHaveValue(String(ports.free))
      await expect(card.getByRole('alert')).toBeHidden()
      expect((await fetch(`http://127.0.0.1:${ports.free}/status`)).status).toBe(200)
      // A browser goes on at the new port.
      if (page.url().startsWith('http')) expect(new URL(page.url()).port).toBe(String(ports.free))
    })
  })
})
