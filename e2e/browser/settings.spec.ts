import { expect, test } from '../harness/browser.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { models } from '../harness/models.ts'
import { withPorts } from '../harness/ports.ts'
import { startServe } from '../harness/serve.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { backupAndRestore, limitsAndNetwork } from '../journeys/settings.ts'

test('a backup brings back what was deleted since, in a browser', async ({ page }) => {
  test.setTimeout(120_000)
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await dropFiles(page, [models.v5])
  await page.getByRole('dialog', { name: 'Activity' }).getByRole('button', { name: 'Done' }).click()
  await withTemporaryFolder((folder) => backupAndRestore(page, createShots(page, 'browser'), folder))
})

test('limits, links and the port are set in a browser, which goes on at the new port', async ({ page }) => {
  test.setTimeout(120_000)
  await withTemporaryFolder((folder) =>
    withPorts(async (ports) => {
      const served = await startServe(folder, undefined, [])
      try {
        await page.goto(served.signInUrl)
        await page.getByRole('contentinfo').waitFor()
        await limitsAndNetwork(page, createShots(page, 'browser'), ports)
        expect(new URL(page.url()).port).toBe(String(ports.free))
      } finally {
        await served.stop()
      }
    }),
  )
})
