import type { FileStore } from '../../files/file-store.ts'
import type { PreparedFile } from './prepare-model.ts'

/** Files that are put on disk at the same time: most of the time goes into waiting for it. */
const AT_ONCE = 8

type Options = { isNamed: (sha256: string) => boolean; signal?: AbortSignal | undefined }

/**
 * Puts files on disk for good, then commits the rows that name them: in this order, so that no row is ever without its file.
 * Where anything fails or is aborted before the commit, nothing of them is left.
 */
export async function keepThenCommit<T>(
  store: FileStore,
  files: readonly PreparedFile[],
  { isNamed, signal }: Options,
  commit: () => T,
): Promise<T> {
  const held: string[] = []
  const release = () => {
    for (const sha256 of held) store.release(sha256)
  }
  async function keepSome(some: readonly PreparedFile[]): Promise<void> {
    const kept = await Promise.allSettled(
      some.map(async ({ staged }) => {
        if (!staged) return
        await store.keep(staged)
        held.push(staged.sha256)
      }),
    )
    for (const one of kept) if (one.status === 'rejected') throw one.reason
  }
  try {
    signal?.throwIfAborted()
    for (let start = 0; start < files.length; start += AT_ONCE) await keepSome(files.slice(start, start + AT_ONCE))
    signal?.throwIfAborted()
    const result = commit()
    release()
    return result
  } catch (error) {
    release()
    for (const sha256 of held) await store.remove(sha256, isNamed)
    throw error
  } finally {
    await Promise.all(files.map(({ staged }) => staged?.discard()))
  }
}
