import { expect, test } from '../harness/browser.ts'
import { importModels } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'
import { createShots } from '../harness/shots.ts'
import { libraryOverlays, otherOverlays } from '../journeys/overlays.ts'

test('every menu, dialog and half-done edit has its picture, in a browser', async ({ page }) => {
  test.setTimeout(400_000)
  await importModels(page, [models.v5])
  const shots = createShots(page, 'browser')
  await libraryOverlays(page, shots)
  await otherOverlays(page, shots)
  await page.context().clearCookies()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
  await shots.take('signed-out')
})
