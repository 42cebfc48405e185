import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/desktop.ts'
import { withTemporaryFolder } from '../harness/temporary-folder.ts'
import { answerFolder, desktopWindow } from '../harness/window.ts'
import { watchedFolder } from '../journeys/watched-folder.ts'

test('a watched folder: models come, move, vanish and are found again', async ({ desktop }) => {
  test.setTimeout(120_000)
  await withTemporaryFolder(async (folder) => {
    const watched = join(folder, 'watched')
    await mkdir(watched)
    // Before there is anything, a person says where it is kept; a folder that will not do is refused in words.
    await answerFolder(desktop, desktop.dataDirectory)
    const kept = desktop.page.getByRole('region', { name: 'Data folder' })
    await expect(kept).toContainText(desktop.dataDirectory)
    await kept.getByRole('button', { name: 'Choose another folder…' }).click()
    await expect(kept.getByRole('alert')).toHaveText('This is already the data folder.')

    await answerFolder(desktop, watched)
    await watchedFolder(desktopWindow(desktop, folder), watched)
  })
})
