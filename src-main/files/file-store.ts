import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diskProblem, errorCode } from './disk-problem.ts'
import { moveDurably, syncDirectory } from './durable.ts'
import { type ReceiveOptions, receiveFile } from './receive-file.ts'
import type { StagedFile } from './staged-file.ts'

const DAY = 24 * 60 * 60 * 1000
/** Milliseconds that a file which nothing names stays in the trash. */
export const TRASH_TIME = 30 * DAY

/** The files of a cabinet, each once, under its SHA-256 (docs/architecture.md, Data). */
export type FileStore = {
  /** Where files are received and unpacked; emptied at start. */
  readonly incoming: string
  /**
   * Receives a stream into a temporary file, hashing on the way, with backpressure and in constant memory.
   * @throws Problem `too-large` past `limit` bytes, `storage-full`; the abort's reason where `signal` aborts; the stream's own error.
   * Nothing is left behind then.
   */
  receive(stream: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<StagedFile>
  /**
   * Makes a staged file permanent: when it returns, the bytes and their name are on disk. Identical bytes are kept once. The file is
   * held, that is safe from the trash although no row names it yet, until `release`.
   */
  keep(staged: StagedFile): Promise<void>
  /** Ends the hold of `keep`, once a row names the file or none ever will. */
  release(sha256: string): void
  /** Where the file with this digest lies, or would lie. */
  pathOf(sha256: string): string
  /** Removes what was being received when the program last ended. */
  sweep(): Promise<void>
  /** Digests of all files that lie here, whether or not something names them. */
  digests(): AsyncGenerator<string>
  /** Puts a file into the trash unless it is held. `isNamed` is asked last, with nothing awaited between the answer and the move. */
  discard(sha256: string, isNamed: (sha256: string) => boolean): Promise<boolean>
  /** The same for a file that was kept a moment ago and never became part of the cabinet: it is removed at once. */
  remove(sha256: string, isNamed: (sha256: string) => boolean): Promise<void>
  /** Brings a file back from the trash; false where it is not there. */
  recover(sha256: string): Promise<boolean>
  /** Files in the trash. */
  countTrash(): Promise<number>
  /** Removes files that came into the trash before a time; returns how many are left. */
  emptyTrash(before: number): Promise<number>
}

/** Opens, and where needed makes, the file folders of a data folder. */
export function createFileStore(dataDirectory: string): FileStore {
  const incoming = join(dataDirectory, 'incoming')
  const files = join(dataDirectory, 'files')
  const trash = join(dataDirectory, 'trash')
  for (const directory of [incoming, files, trash]) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const held = new Map<string, number>()

  const pathOf = (sha256: string) => join(files, sha256.slice(0, 2), sha256.slice(2))

  async function makeFolder(folder: string): Promise<void> {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncDirectory(files)
  }

  function release(sha256: string): void {
    const count = held.get(sha256) ?? 0
    if (count > 1) held.set(sha256, count - 1)
    else held.delete(sha256)
  }

  return {
    incoming,
    receive: (stream, options) => receiveFile(incoming, stream, options),
    async keep(staged) {
      const path = pathOf(staged.sha256)
      held.set(staged.sha256, (held.get(staged.sha256) ?? 0) + 1)
      try {
        await makeFolder(dirname(path))
        // Also over a file of that name: the bytes that were just hashed heal one that was damaged.
        await moveDurably(staged.path, path)
      } catch (error) {
        const present = await sizeOf(path)
        await staged.discard()
        // Windows does not replace a file that somebody reads.
        if (present === staged.size && ['EPERM', 'EBUSY', 'EACCES'].includes(errorCode(error) ?? '')) return
        release(staged.sha256)
        throw diskProblem(error)
      }
    },
    release,
    pathOf,
    async sweep() {
      for (const name of await readdir(incoming)) await rm(join(incoming, name), { recursive: true, force: true })
    },
    async *digests() {
      for (const folder of await readdir(files)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue
        for (const name of await readdir(join(files, folder))) {
          if (/^[0-9a-f]{62}$/.test(name)) yield folder + name
        }
      }
    },
    async discard(sha256, isNamed) {
      const now = new Date()
      await utimes(pathOf(sha256), now, now).catch(() => undefined)
      if (held.has(sha256) || isNamed(sha256)) return false
      // Synchronous: a thread of the pool might move the file only after somebody kept the same bytes again.
      try {
        renameSync(pathOf(sha256), join(trash, sha256))
        return true
      } catch {
        return false
      }
    },
    async remove(sha256, isNamed) {
      if (!held.has(sha256) && !isNamed(sha256)) rmSync(pathOf(sha256), { force: true })
    },
    async recover(sha256) {
      await makeFolder(dirname(pathOf(sha256)))
      return moveDurably(join(trash, sha256), pathOf(sha256)).then(
        () => true,
        () => false,
      )
    },
    countTrash: async () => (await readdir(trash)).length,
    async emptyTrash(before) {
      let left = 0
      for (const name of await readdir(trash)) {
        const path = join(trash, name)
        if ((await stat(path)).mtimeMs <= before) await rm(path, { recursive: true, force: true })
        else left++
      }
      return left
    },
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
}
