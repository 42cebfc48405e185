import type { FileStore } from '../../files/file-store.ts'
import type { StagedFile } from '../../files/staged-file.ts'
import type { WriteLock } from '../../store/write-lock.ts'
import type { PreparedFile } from './prepared-files.ts'

/** Files that are put on disk at the same time: most of the time goes into waiting for it. */
const AT_ONCE = 8

type Options = { isNamed: (sha256: string) => boolean; writeLock: WriteLock; signal?: AbortSignal | undefined }

/**
 * Puts files on disk for good, then commits the rows that name them: in this order, so that no row is ever without its file.
 * Where anything fails or is aborted before the commit, nothing of them is left.
 */
export async function keepThenCommit<T>(
  store: FileStore,
  files: readonly PreparedFile[],
  { isNamed, writeLock, signal }: Options,
  commit: () => T,
): Promise<T> {
  const held: string[] = []
  const release = () => {
    for (const sha256 of held) store.release(sha256)
  }
  // Models of one archive may share a file.
  const staged = [...new Set(files.flatMap((file) => file.staged ?? []))]
  async function keepSome(some: readonly StagedFile[]): Promise<void> {
    const kept = await Promise.allSettled(
      some.map(async (one) => {
        await store.keep(one)
        held.push(one.sha256)
      }),
    )
    for (const one of kept) if (one.status === 'rejected') throw one.reason
  }
  try {
    signal?.throwIfAborted()
    for (let start = 0; start < staged.length; start += AT_ONCE) await keepSome(staged.slice(start, start + AT_ONCE))
    await writeLock.whenFree({ signal })
    const result = commit()
    release()
    return result
  } catch (error) {
    release()
    for (const sha256 of held) await store.remove(sha256, isNamed)
    throw error
  } finally {
    await Promise.all(staged.map((one) => one.discard()))
  }
}
