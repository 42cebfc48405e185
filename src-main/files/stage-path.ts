import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { diskProblem } from './disk-problem.ts'
import { hashFile } from './hash-file.ts'
import type { StagedFile } from './staged-file.ts'

/**
 * Copies a file of this machine into a staged file; a clone where the file system can, which takes no time and no space.
 * @throws Problem `storage-full`; the system's own errors. Nothing is left behind then.
 */
export async function stagePath(
  directory: string,
  source: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<StagedFile> {
  const path = join(directory, `${randomUUID()}.part`)
  const discard = () => rm(path, { force: true })
  try {
    signal?.throwIfAborted()
    await copyFile(source, path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    // The copy is hashed, not the source, which somebody may be writing to.
    const sha256 = await hashFile(path, signal ? { signal } : {})
    return { path, size: (await stat(path)).size, sha256, discard }
  } catch (error) {
    await discard()
    throw diskProblem(error)
  }
}
