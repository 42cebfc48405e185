import { expect, type Page } from '@playwright/test'
import type { Shots } from '../harness/shots.ts'

type Ports = { taken: number; free: number }

/** Opens the settings by their keys. */
export async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

/** Limits, links and the port are changed, each says beside itself how that went, and each is in effect at once. */
export async function limitsAndNetwork(page: Page, shots: Shots, ports: Ports): Promise<void> {
  await openSettings(page)
  const card = page.getByRole('region', { name: 'Limits and network' })
  const saved = card.getByRole('status').filter({ hasText: 'Saved' })
  const address = page.getByRole('contentinfo')
  await shots.take('settings')

  // A size that makes no sense stays in its field, with the reason beside it; Escape gives it up.
  const largest = card.getByRole('textbox', { name: 'Largest file' })
  await expect(largest).toHaveValue('2')
  await largest.fill('0')
  await page.keyboard.press('Enter')
  await expect(card.getByRole('alert')).toHaveText('Not saved. The largest file must be at least 1 MB (1000000 bytes).')
  await expect(largest).toHaveValue('0')
  await page.keyboard.press('Escape')
  await expect(card.getByRole('alert')).toBeHidden()
  await expect(largest).toHaveValue('2')

  // In effect at once, in the unit that was chosen.
  await largest.fill('1,5')
  await card.getByRole('combobox', { name: 'Unit of the largest file' }).click()
  await page.getByRole('option', { name: 'MB', exact: true }).click()
  await largest.focus()
  await page.keyboard.press('Enter')
  await expect(saved).toBeVisible()
  await expect(largest).toHaveValue('1.5')

  // Links: what is switched off is refused where a person asks for it.
  await card.getByText('Off', { exact: true }).click()
  await expect(card).toContainText('No model is fetched over the network.')
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Address', { exact: true }).click()
  await dialog.getByRole('textbox').first().fill('https://example.org/model.onnx')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Links to the network are switched off in the settings.')
  await shots.take('links-off')
  await page.keyboard.press('Escape')
  await card.getByText('Internet', { exact: true }).click()
  await expect(card).toContainText('not from this machine or private networks')

  // The port: one that is taken is refused and the old one stays; a free one is taken at once.
  const port = card.getByRole('textbox', { name: 'Port' })
  await port.fill(String(ports.taken))
  await page.keyboard.press('Enter')
  await expect(card.getByRole('alert')).toHaveText(
    `Not saved. Port ${ports.taken} is taken by another program. Choose another one.`,
  )
  await expect(address).not.toContainText(String(ports.taken))
  await shots.take('settings-refused')
  await port.fill(String(ports.free))
  await page.keyboard.press('Enter')
  await expect(address).toContainText(`127.0.0.1:${ports.free}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(port).toHaveValue(String(ports.free))
  await expect(card.getByRole('alert')).toBeHidden()
}
