import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '../harness/browser.ts'
import { createShots } from '../harness/shots.ts'

// Protects who works in a browser from whatever else listens on this computer, for it gets the browser's cookies.

test('a program at another port gets nothing that opens the cabinet', async ({ page, served }) => {
  let stolen: string | undefined
  const stranger = createServer((request, response) => {
    stolen ??= request.headers.cookie
    response.end('<h1>TensorBoard</h1>')
  })
  await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening))
  try {
    const tab = await page.context().newPage()
    await tab.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`)
    expect(stolen).toContain('model-cabinet-')
    for (const path of ['/functions', '/admin/tokens', '/admin/export', '/events']) {
      const asked = await fetch(served.url + path, { headers: { Cookie: stolen ?? '', Origin: served.url } })
      expect(asked.status).toBe(401)
      const driven = await tab.evaluate(async (url) => {
        const answer = await fetch(url, { mode: 'no-cors', credentials: 'include' }).catch(() => null)
        return answer?.type ?? 'refused'
      }, served.url + path)
      expect(['opaque', 'refused']).toContain(driven)
    }
    // A made-up key in an address signs nobody out.
    await tab.goto(`${served.url}/#key=${'A'.repeat(43)}`)
    await tab.reload()
    await tab.getByRole('contentinfo').waitFor()
  } finally {
    stranger.closeAllConnections()
    stranger.close()
  }
})

test('a browser stays signed in, hears of changes, downloads, and is signed out in Settings', async ({
  page,
  served,
}) => {
  expect(page.url()).not.toContain('key=')
  await page.reload()
  await page.getByRole('contentinfo').waitFor()
  const other = await page.context().newPage()
  await other.goto(served.url)
  await other.getByRole('contentinfo').waitFor()

  const token = { Authorization: `Bearer ${served.token}`, 'Content-Type': 'application/json' }
  await fetch(`${served.url}/catalogues`, { method: 'POST', headers: token, body: '{"Name":"Heard of"}' })
  await expect(page.getByText('Heard of').first()).toBeVisible()

  await page.goto(`${served.url}/#/settings`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /^Export/ })
      .first()
      .click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  expect(await download.failure()).toBeNull()

  const browsers = page.getByText('Signed-in browsers')
  await browsers.scrollIntoViewIfNeeded()
  await createShots(page, 'browser').take('signed-in-browsers')
  await page.getByRole('button', { name: /^Sign out: .*Chrom/ }).click()
  await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
  await expect(other.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
})
