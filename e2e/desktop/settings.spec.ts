import { ask } from '../harness/ask.ts'
import { expect, launchDesktop, test } from '../harness/desktop.ts'
import { withPorts } from '../harness/ports.ts'
import { answerFolder } from '../harness/window.ts'

test('a port that was set is taken at the next start', async ({ dataDirectory }) => {
  await withPorts(async ({ free }) => {
    const desktop = await launchDesktop(dataDirectory, [], { port: [] })
    try {
      await ask(desktop.page, 'PATCH', '/admin/settings', { Port: free })
    } finally {
      await desktop.app.close()
    }
    const again = await launchDesktop(dataDirectory, [], { port: [] })
    try {
      await expect(again.page.getByRole('contentinfo')).toContainText(`127.0.0.1:${free}`)
    } finally {
      await again.app.close()
    }
  })
})

test('a port that a switch has fixed says so', async ({ desktop: { page } }) => {
  await page.keyboard.press('Control+,')
  const card = page.getByRole('region', { name: 'Limits and network' })
  await expect(card).toContainText('Set by --port until the next start.')
  await expect(card.getByRole('textbox', { name: 'Port' })).toBeDisabled()
})

test('an empty cabinet says where its data is, and refuses the same folder again', async ({ desktop }) => {
  await answerFolder(desktop, desktop.dataDirectory)
  const kept = desktop.page.getByRole('region', { name: 'Data folder' })
  await expect(kept).toContainText(desktop.dataDirectory)
  await kept.getByRole('button', { name: 'Choose another folder…' }).click()
  await expect(kept.getByRole('alert')).toHaveText('This is already the data folder.')
})
