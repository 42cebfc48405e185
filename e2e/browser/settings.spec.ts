import { expect, test } from '@playwright/test'
import { withPorts } from '../harness/ports.ts'
import { startServe } from '../harness/serve.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { limitsAndNetwork } from '../journeys/settings.ts'

test('limits, links and the port are set in a browser, which goes on at the new port', async ({ page }) => {
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
