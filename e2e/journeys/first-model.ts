import { expect, type Page } from '@playwright/test'
import { models } from '../harness/models.ts'
import type { Shots } from '../harness/shots.ts'

/** What differs between the desktop app and a browser. */
export type Window = { page: Page; drop(files: string[]): Promise<void>; shots: Shots }

/** A person's first ten minutes: drop a model, read it, edit it, file it, find it, delete it, and bring it back. */
export async function firstModel({ page, drop, shots }: Window): Promise<void> {
  const main = page.getByRole('main')
  const row = page.getByRole('row', { name: /silero_vad_v5/ })

  // First run: an empty cabinet says what to do.
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await shots.take('first-run')

  // Drop: each file has a result; what is no model says so, and does not hold up the others.
  await drop([models.v5, import.meta.filename])
  const results = page.getByRole('dialog', { name: 'Activity' })
  await expect(results.getByRole('heading', { name: '1 imported, 1 refused' })).toBeVisible()
  await expect(results).toContainText('first-model.ts is not an ONNX model')
  await expect(row).toContainText('f32')
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })
  await shots.take('import-results')
  await results.getByRole('button', { name: 'Done' }).click()

  // The same bytes again are recognised.
  await drop([models.v5])
  await expect(results).toContainText('Already here as silero_vad_v5')
  // Whoever goes to a page sees the whole of it; the results wait in the status bar, under the same name.
  await row.getByRole('link', { name: 'silero_vad_v5' }).click()
  await expect(main.getByRole('heading', { level: 1, name: /silero_vad_v5/ })).toBeVisible()
  await expect(results).toBeHidden()
  await page.getByRole('contentinfo').getByRole('button', { name: '1 already here' }).click()
  await results.getByRole('button', { name: 'Done' }).click()
  await page.goBack()
  await expect(page.getByRole('status').filter({ hasText: '1 model' })).toBeVisible()
  await shots.take('library')

  // Read: the signature with its symbolic shapes.
  await row.getByRole('link', { name: 'silero_vad_v5' }).click()
  await expect(main.getByRole('heading', { level: 1, name: /silero_vad_v5/ })).toBeVisible()
  await expect(main.getByRole('row', { name: 'state f32 2×?×128' })).toBeVisible()
  await expect(main.getByRole('row', { name: /sr i64 scalar/ })).toBeVisible()
  await expect(main).toContainText('Runs here')
  await shots.take('function')
  for (const tab of ['Signature', 'Contents', 'API']) {
    await main.getByRole('tab', { name: tab }).click()
    await expect(main.getByRole('tabpanel', { name: tab })).toBeVisible()
    await shots.take(`function-${tab.toLowerCase()}`)
  }
  await main.getByRole('tab', { name: 'Overview' }).click()

  // Edit: in place, kept when the field is left.
  await main.getByRole('button', { name: /What is this model for/ }).click()
  await main
    .getByRole('textbox', { name: 'Documentation in Markdown' })
    .fill('# Speech\n\nTells *speech* from silence.')
  await page.keyboard.press('Control+Enter')
  await expect(main.getByRole('heading', { name: 'Speech' })).toBeVisible()
  await main.getByRole('button', { name: 'silero_vad_v5, edit the name' }).click()
  await main.getByRole('textbox', { name: 'the name' }).fill('voice detector')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('heading', { level: 1, name: /voice detector/ })).toBeVisible()

  // File: into a catalogue that is made on the way.
  await main.getByRole('region', { name: 'Catalogues' }).getByRole('button', { name: 'Add' }).click()
  await page.getByRole('combobox', { name: 'Catalogue' }).fill('Audio')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
  await shots.take('function-edited')

  // Find: by a word of its documentation, and by nothing that is there.
  await page.getByRole('navigation').getByRole('link', { name: /Audio/ }).click()
  const found = page.getByRole('row', { name: /voice detector/ })
  await expect(found).toBeVisible()
  const search = page.getByRole('searchbox', { name: 'Search models' })
  await search.fill('silence')
  await expect(found).toBeVisible()
  await search.fill('no such model')
  await expect(page.getByText('Nothing matches “no such model”')).toBeVisible()
  await shots.take('nothing-found')
  await page.getByRole('button').filter({ hasText: 'Clear the search' }).click()
  await expect(found).toBeVisible()

  // Delete, and bring it back with all that was written.
  await found.getByRole('link', { name: 'voice detector' }).click()
  await main.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'voice detector moved to the trash' })
  await expect(notice).toBeVisible()
  await expect(found).toBeHidden()
  await shots.take('deleted')
  await notice.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('navigation').getByRole('link', { name: /Audio\s*1/ })).toBeVisible()
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /All models/ })
    .click()
  await expect(found).toContainText('Audio')
}
