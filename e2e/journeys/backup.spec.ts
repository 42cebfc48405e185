import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { runJob } from '../harness/ask.ts'
import { expect, test } from '../harness/journey.ts'
import { models } from '../harness/models.ts'

/** Opens the settings by their keys. @returns the parts of *Backup and checks* */
async function openBackup(page: Page) {
  await page.keyboard.press('Control+,')
  const card = page.getByRole('region', { name: 'Backup and checks' })
  return {
    card,
    /** What was done last of its kind. */
    ended: (name: string) => card.getByRole('listitem', { name }),
    path: card.getByRole('textbox', { name: 'Folder of the backup' }),
    press: (name: string) => card.getByRole('button', { name }).click(),
  }
}

test('a backup brings back what was deleted since, once that is confirmed', async ({
  newScene: { page, shots },
  folder,
}) => {
  await runJob(page, '/admin/import', { Paths: [models.v5] })
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  const places = page.getByRole('navigation', { name: 'Places' })
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })
  const { card, ended, path, press } = await openBackup(page)
  await path.fill(join(folder, 'backup'))
  await press('Back up now')
  await expect(ended('Backup')).toContainText(/Backed up 1 model and 1 file to .*backup/, { timeout: 20_000 })
  await shots.take('backup')

  await places.getByRole('link', { name: /All models/ }).click()
  await row.getByRole('gridcell').nth(2).click()
  await page.keyboard.press('Delete')
  await expect(row).toBeHidden()

  await openBackup(page)
  await path.fill(join(folder, 'backup'))
  await press('Restore…')
  const question = card.getByRole('alertdialog')
  await expect(question).toContainText('Everything in this cabinet is replaced by the backup')
  await expect(card.getByRole('button', { name: 'Keep the current data' })).toBeFocused()
  await shots.take('restore-asked')
  await card.getByRole('button', { name: 'Keep the current data' }).focus()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await press('Restore…')
  await press('Replace everything')
  await expect(ended('Restore')).toContainText('Restored 1 model', { timeout: 20_000 })
  await shots.take('restored')
  await places.getByRole('link', { name: /All models/ }).click()
  await expect(row).toBeVisible()
})

test('a folder that is not a complete backup is refused, and nothing is changed', async ({
  newScene: { page, shots },
  folder,
}) => {
  await runJob(page, '/admin/import', { Paths: [models.v5] })
  const { card, path, press } = await openBackup(page)
  await path.fill(folder)
  await press('Restore…')
  await press('Replace everything')
  await expect(card).toContainText('is not a complete backup', { timeout: 20_000 })
  await shots.take('restore-refused')
  await page.getByRole('link', { name: /All models/ }).click()
  await expect(page.getByRole('row', { name: /silero_vad_v5/ })).toBeVisible()
})

test('copied and linked files are verified and backed up, but not into a folder that is not empty', async ({
  newScene: { page },
  folder,
}) => {
  await runJob(page, '/admin/import', { Paths: [models.v5] })
  await runJob(page, '/admin/import', { Paths: [models.v6], Mode: 'reference' })
  const { card, ended, path, press } = await openBackup(page)
  await press('Verify every file')
  await expect(ended('Verification')).toContainText('all is well', { timeout: 20_000 })
  const backup = join(folder, 'backup')
  await path.fill(backup)
  await press('Back up now')
  await expect(ended('Backup')).toContainText('Backed up 2 models', { timeout: 20_000 })
  expect((await readFile(join(backup, 'manifest.json'), 'utf8')).length).toBeGreaterThan(10)
  await path.fill(folder)
  await press('Back up now')
  await expect(card.getByRole('alert')).toContainText(/empty/)
})
