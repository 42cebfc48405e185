import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { models } from './models.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** Does something with a folder of its own that holds three real models. */
export async function withModelFolder(use: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    for (const path of Object.values(models)) await copyFile(path, join(folder, basename(path)))
    await use(folder)
  })
}
