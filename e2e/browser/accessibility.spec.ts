import { expect, test } from '../harness/browser.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { models } from '../harness/models.ts'
import { accessibility } from '../journeys/accessibility.ts'

test('every screen can be used by everybody, as far as axe can tell', async ({ page }) => {
  test.setTimeout(400_000)
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await dropFiles(page, [models.v5])
  const results = page.getByRole('dialog', { name: '1 imported' })
  await expect(results).toBeVisible({ timeout: 20_000 })
  await results.getByRole('button', { name: 'Done' }).click()
  await accessibility(page)
})
