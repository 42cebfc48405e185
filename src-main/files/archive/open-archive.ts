import { open } from 'node:fs/promises'
import type { Archive, Rules } from './archive.ts'
import { gunzipFile, isGzip } from './gzip.ts'
import { isTar, openTar } from './tar.ts'
import { isZip, openZip } from './zip.ts'

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz'
/** `directory`: where a compressed tar is unpacked for as long as it is open. */
type Options = Rules & { directory: string; signal?: AbortSignal | undefined }

/** What kind of archive a file is, by its first bytes; undefined where it is none. */
export async function archiveKind(path: string): Promise<ArchiveKind | undefined> {
  await using file = await open(path, 'r')
  const { bytesRead, buffer } = await file.read(Buffer.alloc(512), 0, 512, 0)
  const head = buffer.subarray(0, bytesRead)
  if (isZip(head)) return 'zip'
  if (isGzip(head)) return 'tar.gz'
  return isTar(head) ? 'tar' : undefined
}

/**
 * Opens a zip, a tar or a compressed tar, whatever it is called, and checks what it declares of every file.
 * @throws Problem `invalid` where it is damaged, encrypted or hostile, `too-large` where it is past a limit; the system's own errors
 */
export async function openArchive(path: string, { directory, signal, ...rules }: Options): Promise<Archive> {
  const kind = await archiveKind(path)
  if (kind === 'tar') return openTar(path, rules)
  if (kind !== 'tar.gz') return openZip(path, rules)
  const tar = await gunzipFile(path, directory, rules, signal)
  try {
    return await openTar(tar.path, rules, tar.remove)
  } catch (error) {
    tar.remove()
    throw error
  }
}
