import { expect, test } from '../harness/browser.ts'
import { createShots } from '../harness/shots.ts'

test('a browser that is not signed in says so', async ({ page }) => {
  await page.context().clearCookies()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
  await createShots(page, 'browser').take('signed-out')
})
