import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from '../harness/journey.ts'
import { models } from '../harness/models.ts'

// An empty cabinet, and the ways to put models into it.

test('an empty cabinet says what to do', async ({ scene: { page, shots } }) => {
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await shots.take('first-run')
})

test('the example models are added by one click', async ({ scene: { page } }) => {
  await page.getByRole('button', { name: 'Add example models' }).click()
  await expect(page.getByRole('row', { name: /edges/ })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('row', { name: /three_tones/ })).toContainText('f32')
})

test('each dropped file has its result, and one that is no model does not stop the others', async ({
  scene: { page, drop, shots },
}) => {
  await drop([models.v5, import.meta.filename])
  const results = page.getByRole('dialog', { name: 'Activity' })
  await expect(results.getByRole('heading', { name: '1 imported, 1 refused' })).toBeVisible()
  await expect(results).toContainText('first-run.spec.ts is not an ONNX model')
  const row = page.getByRole('row', { name: /silero_vad_v5/ })
  await expect(row).toContainText('f32')
  await expect(row.getByRole('img', { name: 'Runs here' })).toBeVisible({ timeout: 20_000 })
  await shots.take('import-results')
  await results.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('status').filter({ hasText: '1 model' })).toBeVisible()
  await shots.take('library')
})

test('a file that is here already is recognised, and its result waits in the status bar while a page is open', async ({
  scene: { page, drop },
}) => {
  const results = page.getByRole('dialog', { name: 'Activity' })
  await drop([models.v5])
  await results.getByRole('button', { name: 'Done' }).click()
  await drop([models.v5])
  await expect(results).toContainText('Already here as silero_vad_v5')
  await page
    .getByRole('row', { name: /silero_vad_v5/ })
    .getByRole('link', { name: 'silero_vad_v5' })
    .click()
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name: /silero_vad_v5/ })).toBeVisible()
  await expect(results).toBeHidden()
  await page.getByRole('contentinfo').getByRole('button', { name: '1 already here' }).click()
  await results.getByRole('button', { name: 'Done' }).click()
})

test('a quick look at a file shows its metadata and imports nothing', async ({ scene: { page, shots } }) => {
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Quick look').click()
  await dialog.getByRole('textbox').fill(models.v6)
  await dialog.getByRole('button', { name: 'Inspect' }).click()
  await expect(dialog.getByRole('region', { name: 'Metadata from the file' })).toContainText('Parameters')
  await shots.take('quick-look')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
})

test('a folder is imported by its path, and a path that does not exist is refused next to its field', async ({
  scene: { page, shots },
  folder,
}) => {
  for (const path of Object.values(models)) await copyFile(path, join(folder, basename(path)))
  await page.keyboard.press('Control+i')
  const dialog = page.getByRole('dialog', { name: 'Import models' })
  await dialog.getByText('Folder', { exact: true }).click()
  const path = dialog.getByRole('textbox', { name: /Folder/ })
  await path.fill(join(folder, 'gone'))
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText('does not exist')
  await path.fill(folder)
  await shots.take('import-folder')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await expect(activity).toContainText('3 models imported', { timeout: 20_000 })
  await activity.getByText('3 files').click()
  await expect(activity.getByRole('link', { name: 'silero_vad_v6.onnx' })).toBeVisible()
  await shots.take('activity')
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(activity).toBeHidden()
  await expect(page.getByRole('status').filter({ hasText: '3 models' })).toBeVisible()
})
