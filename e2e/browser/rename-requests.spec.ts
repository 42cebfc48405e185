import type { Request } from '@playwright/test'
import { ask } from '../harness/ask.ts'
import { expect, test } from '../harness/browser.ts'
import { importModels, openModel } from '../harness/import-models.ts'
import { models } from '../harness/models.ts'

// Protects the window of a large cabinet from asking for everything again after each edit, and from one request for each count.
test('a rename asks once for what it changed, and the change of a script still shows', async ({ page }) => {
  await importModels(page, [models.v5])
  await expect.poll(() => ask(page, 'GET', '/functions?Limit=1')).toMatchObject([{ Runs: true }])
  await openModel(page, 'silero_vad_v5')
  const uuid = /[0-9a-f-]{36}/.exec(page.url())?.[0]
  const pending = new Set<Request>()
  const pathOf = (request: Request) => new URL(request.url()).pathname
  // The stream of events goes on until the window closes.
  page.on('request', (request) => void (pathOf(request) !== '/events' && pending.add(request)))
  const ended = (request: Request) => void pending.delete(request)
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  await page.reload()
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toContainText('silero_vad_v5')
  await expect.poll(() => pending.size).toBe(0)

  const asked: string[] = []
  page.on('request', (request) => {
    const pathname = pathOf(request)
    // The window loads its other screens when it has nothing else to do.
    if (!pathname.startsWith('/assets/')) asked.push(`${request.method()} ${pathname}`)
  })
  const counts = () => asked.filter((request) => request === 'POST /functions/counts').length
  await page.getByRole('button', { name: /edit the name/ }).click()
  await page.getByRole('textbox', { name: 'the name' }).fill('Voice detector')
  await page.keyboard.press('Enter')
  await expect(title).toContainText('Voice detector')
  await expect.poll(counts).toBe(1)
  expect(asked[0]).toBe(`PATCH /function/${uuid}`)
  expect(asked.length, asked.join(', ')).toBeLessThanOrEqual(4)

  await ask(page, 'PATCH', `/function/${uuid}`, { Name: 'Renamed by a script' })
  await expect(title).toContainText('Renamed by a script')
  await expect.poll(counts).toBe(2)
  await page.getByRole('link', { name: /All models/ }).click()
  await expect(page.getByRole('row', { name: /Renamed by a script/ })).toBeVisible()
})
