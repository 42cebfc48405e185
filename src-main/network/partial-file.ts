import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { diskProblem } from '../files/disk-problem.ts'
import { LOOK_EVERY, refuseFullDisk } from '../files/receive-file.ts'
import type { StagedFile } from '../files/staged-file.ts'

/** Bytes of a download that may break off and go on later, also after a restart. */
export type PartialFile = {
  /** Bytes that are there; 0 where there is no file. */
  size(): Promise<number>
  clear(): Promise<void>
  /**
   * Writes a stream behind what is there, and hashes all of it. What came before an error stays.
   * @throws Problem `storage-full`; the stream's own error; the signal's reason
   */
  append(stream: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StagedFile>
}

export function openPartialFile(path: string): PartialFile {
  const size = () =>
    stat(path).then(
      (found) => found.size,
      () => 0,
    )
  return {
    size,
    clear: () => rm(path, { force: true }),
    async append(stream, signal) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const before = await size()
      const hash = createHash('sha256')
      if (before > 0) await hashInto(hash, path, signal)
      let total = before
      let lookAt = before
      const file = await open(path, 'a', 0o600)
      try {
        for await (const chunk of stream) {
          if (total >= lookAt) {
            await refuseFullDisk(dirname(path))
            lookAt = total + LOOK_EVERY
          }
          signal.throwIfAborted()
          // Each chunk is in the file before the next is asked for, so that nothing is lost when the sender breaks off.
          await file.writeFile(chunk)
          hash.update(chunk)
          total += chunk.byteLength
        }
      } catch (error) {
        throw signal.aborted ? signal.reason : diskProblem(error)
      } finally {
        await file.close()
      }
      return { path, size: total, sha256: hash.digest('hex'), discard: () => rm(path, { force: true }) }
    },
  }
}

async function hashInto(hash: Hash, path: string, signal: AbortSignal): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk)
}
