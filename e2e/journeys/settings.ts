import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Shots } from '../harness/shots.ts'

type Ports = { taken: number; free: number }

/** Opens the settings by their keys. */
async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

/** Limits, links and the port are changed, each says beside itself how that went, and each is in effect at once. */
export async function limitsAndNetwork(page: Page, shots: Shots, ports: Ports): Promise<void> {
  await openSettings(page)
  const card = page.getByRole('region', { name: 'Limits and network' })
  const saved = card.getByRole('status').filter({ hasText: 'Saved' })
  const address = page.getByRole('contentinfo')
  await shots.take('settings-limits')

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

  // It stays in that unit, for who types the next number means it.
  const unit = card.getByRole('combobox', { name: 'Unit of the largest file' })
  await unit.click()
  await page.getByRole('option', { name: 'GiB', exact: true }).click()
  for (const amount of ['0.5', '2']) {
    await largest.fill(amount)
    await page.keyboard.press('Enter')
    await expect(card.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await expect(largest).toHaveValue(amount)
    await expect(unit).toHaveValue('GiB')
  }

  // Links: what is switched off is refused where a person asks for it.
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

  // The port: one that is taken is refused and the old one stays; a free one is taken at once.
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
}

/** A backup is made, the model is deleted, and the restore that was asked for twice brings it back; what is no backup is refused in words. */
export async function backupAndRestore(page: Page, shots: Shots, folder: string): Promise<void> {
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  const places = page.getByRole('navigation', { name: 'Places' })
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })
  await openSettings(page)
  const safety = page.getByRole('region', { name: 'Backup and checks' })
  const ended = (name: string) => safety.getByRole('listitem', { name })
  const path = safety.getByRole('textbox', { name: 'Folder of the backup' })
  await path.fill(join(folder, 'backup'))
  await safety.getByRole('button', { name: 'Back up now' }).click()
  await expect(ended('Backup')).toContainText(/Backed up 1 model and 1 file to .*backup/, { timeout: 20_000 })
  await shots.take('backup')

  await places.getByRole('link', { name: /All models/ }).click()
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('Delete')
  await expect(row).toBeHidden()

  await openSettings(page)
  await path.fill(join(folder, 'backup'))
  await safety.getByRole('button', { name: 'Restore…' }).click()
  await expect(safety.getByRole('alertdialog')).toContainText('Everything in this cabinet is replaced by the backup')
  await expect(safety.getByRole('button', { name: 'Keep the current data' })).toBeFocused()
  await shots.take('restore-asked')
  await safety.getByRole('button', { name: 'Keep the current data' }).focus()
  await page.keyboard.press('Enter')
  await expect(safety.getByRole('alertdialog')).toBeHidden()
  await safety.getByRole('button', { name: 'Restore…' }).click()
  await safety.getByRole('button', { name: 'Replace everything' }).click()
  await expect(ended('Restore')).toContainText('Restored 1 model', { timeout: 20_000 })
  await shots.take('restored')

  await path.fill(folder)
  await safety.getByRole('button', { name: 'Restore…' }).click()
  await safety.getByRole('button', { name: 'Replace everything' }).click()
  await expect(safety).toContainText('is not a complete backup', { timeout: 20_000 })
  await shots.take('restore-refused')
  await places.getByRole('link', { name: /All models/ }).click()
  await expect(row).toBeVisible()
}
