import { expect, launchDesktop, test } from '../harness/desktop.ts'
import { dropFiles } from '../harness/drop-files.ts'
import { models } from '../harness/models.ts'
import { withPorts } from '../harness/ports.ts'
import { createShots } from '../harness/shots.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { backupAndRestore, limitsAndNetwork } from '../journeys/settings.ts'

test('limits, links and the port are set in the window', async ({ dataDirectory }) => {
  test.setTimeout(120_000)
  await withPorts(async (ports) => {
    const desktop = await launchDesktop(dataDirectory, [], { port: [] })
    try {
      await limitsAndNetwork(desktop.page, createShots(desktop.page, 'desktop'), ports)
      expect((await fetch(`http://127.0.0.1:${ports.free}/status`)).status).toBe(200)
    } finally {
      await desktop.app.close()
    }
    // And at the next start.
    const again = await launchDesktop(dataDirectory, [], { port: [] })
    try {
      await expect(again.page.getByRole('contentinfo')).toContainText(`127.0.0.1:${ports.free}`)
    } finally {
      await again.app.close()
    }
  })
})

test('a backup brings back what was deleted since', async ({ desktop: { page } }) => {
  test.setTimeout(120_000)
  await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
  await dropFiles(page, [models.v5])
  await page.getByRole('dialog', { name: 'Activity' }).getByRole('button', { name: 'Done' }).click()
  await withTemporaryFolder((folder) => backupAndRestore(page, createShots(page, 'desktop'), folder))
})

test('a port that a switch has fixed says so', async ({ desktop: { page } }) => {
  await page.keyboard.press('Control+,')
  const card = page.getByRole('region', { name: 'Limits and network' })
  await expect(card).toContainText('Set by --port until the next start.')
  await expect(card.getByRole('textbox', { name: 'Port' })).toBeDisabled()
})
