import type { FileStore } from '../../files/file-store.ts'
import type { PreparedFile } from './prepare-model.ts'

type Options = { isNamed: (sha256: string) => boolean; signal?: AbortSignal }

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
  try {
    signal?.throwIfAborted()
    for (const { staged } of files) {
      if (!staged) continue
      await store.keep(staged)
      held.push(staged.sha256)
    }
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
