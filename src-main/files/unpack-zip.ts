import { openArchive } from './archive.ts'
import { receiveFile } from './receive-file.ts'
import type { StagedFile } from './staged-file.ts'

/** A file out of an archive, with its path inside it (forward slashes), which is only reported and never used. */
export type UnpackedFile = StagedFile & { archivePath: string }

type Options = { directory: string; limit: number; signal?: AbortSignal | undefined }

/**
 * Unpacks every file of a zip archive into staged files, each hashed on the way.
 * @param limit most bytes that all files together may have
 * @throws Problem `invalid` or `too-large`, as `openArchive`; nothing is left behind then
 */
export async function unpackZip(path: string, { directory, limit, signal }: Options): Promise<UnpackedFile[]> {
  const archive = await openArchive(path, { name: 'The archive', mostFiles: 10_000, mostBytes: limit })
  const unpacked: UnpackedFile[] = []
  try {
    for (const file of archive.files.values()) {
      signal?.throwIfAborted()
      const staged = await receiveFile(directory, file.bytes(), { limit: file.size, signal })
      unpacked.push({ ...staged, archivePath: file.path })
    }
    return unpacked
  } catch (error) {
    await Promise.all(unpacked.map((file) => file.discard()))
    throw error
  } finally {
    archive.close()
  }
}
