import { expect, test } from '../harness/browser.ts'
import { startServe } from '../harness/serve.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { browserWindow } from '../harness/window.ts'
import { collection, importExport } from '../journeys/collection.ts'

test('a collection: a queue, catalogues, many at once, and an export that another cabinet imports, in a browser', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await withTemporaryFolder(async (folder) => {
    const window = browserWindow(page, folder)
    const exported = await collection(window, folder)
    await withTemporaryFolder(async (data) => {
      const other = await startServe(data)
      try {
        await page.goto(other.signInUrl)
        await expect(page.getByRole('heading', { name: 'Drop ONNX models here' })).toBeVisible()
        await importExport(window, exported)
      } finally {
        await other.stop()
      }
    })
  })
})
