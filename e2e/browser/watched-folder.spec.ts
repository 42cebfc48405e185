import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '../harness/browser.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { browserWindow } from '../harness/window.ts'
import { watchedFolder } from '../journeys/watched-folder.ts'

test('a watched folder: models come, move, vanish and are found again, in a browser', async ({ page }) => {
  test.setTimeout(120_000)
  await withTemporaryFolder(async (folder) => {
    const watched = join(folder, 'watched')
    await mkdir(watched)
    await watchedFolder(browserWindow(page, folder), watched)
  })
})
