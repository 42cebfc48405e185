import { createHash, randomUUID } from 'node:crypto'
import { open, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { plural } from '../../src-contract/words/human-number.ts'
import { diskProblem, storageFull } from './disk-problem.ts'
import type { StagedFile } from './staged-file.ts'

/** Bytes that stay free on the disk, so that the database can still commit what is under way. */
const RESERVE = 64 * 1024 * 1024
/** How often the free space is looked at, in received bytes. */
export const LOOK_EVERY = 64 * 1024 * 1024

export type ReceiveOptions = { limit: number; signal?: AbortSignal | undefined }

/** Receives a stream into a new file of the folder; see `FileStore.receive`. */
export async function receiveFile(
  directory: string,
  stream: AsyncIterable<Uint8Array>,
  options: ReceiveOptions,
): Promise<StagedFile> {
  return receiveAs(join(directory, `${randomUUID()}.part`), stream, options)
}

/** The same under a given path, which must not exist. */
async function receiveAs(
  path: string,
  stream: AsyncIterable<Uint8Array>,
  { limit, signal }: ReceiveOptions,
): Promise<StagedFile> {
  const hash = createHash('sha256')
  let size = 0
  let lookAt = 0
  try {
    await using file = await open(path, 'wx', 0o600)
    for await (const chunk of untilAborted(stream, signal)) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      if (size >= lookAt) {
        await refuseFullDisk(dirname(path))
        lookAt = size + LOOK_EVERY
      }
      hash.update(chunk)
      await file.writeFile(chunk)
    }
  } catch (error) {
    await rm(path, { force: true })
    throw diskProblem(error)
  }
  return { path, size, sha256: hash.digest('hex'), discard: () => rm(path, { force: true }) }
}

/** The chunks of a stream; throws the signal's reason as soon as it aborts, even while the sender is silent. */
async function* untilAborted(
  stream: AsyncIterable<Uint8Array>,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]()
  let stopWaiting = (_reason: unknown): void => {}
  const abort = () => stopWaiting(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      signal?.throwIfAborted()
      // Not Promise.race with one promise for the abort: that would hold every chunk until the end.
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        stopWaiting = reject
        chunks.next().then(resolve, reject)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    // Tells the sender to stop; a silent one may never answer, so nothing waits for it.
    chunks.return?.().catch(() => {})
  }
}

/** @throws Problem `storage-full` where less than the reserve is free. */
export async function refuseFullDisk(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < RESERVE) throw storageFull()
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `The file is larger than the limit of ${plural(limit, 'byte')}.`)
}
