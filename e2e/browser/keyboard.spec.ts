import { expect, test } from '../harness/browser.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { keyboard } from '../journeys/keyboard.ts'

test('a library by the keyboard, in a browser', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await dropFiles(page, Object.values(models))
  const results = page.getByRole('dialog', { name: '3 imported' })
  await expect(results).toBeVisible({ timeout: 20_000 })
  await results.getByRole('button', { name: 'Done' }).click()
  await keyboard(page, createShots(page, 'browser'))
})
