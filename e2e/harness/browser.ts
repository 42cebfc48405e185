import { test as base } from '@playwright/test'
import { type Served, startServe } from './serve.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

type Fixtures = { served: Served }

/** Tests in a browser against a real `serve` on a folder of its own; the page is signed in. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  served: async ({}, use) => {
    await withTemporaryFolder(async (folder) => {
      const served = await startServe(folder)
      await use(served)
      await served.stop()
    })
  },
  page: async ({ page, served }, use) => {
    await page.goto(served.signInUrl)
    await page.getByRole('contentinfo').waitFor()
    await use(page)
  },
})

export { expect } from '@playwright/test'
