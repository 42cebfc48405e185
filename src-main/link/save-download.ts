import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { diskProblem, errorCode } from '../files/disk-problem.ts'
import type { Save } from './link.ts'
import { problemOf, type Send } from './send.ts'

/**
 * Streams an answer of the API into a file. It is written under a name of its own beside the destination and renamed when whole, so
 * that a file which was there before stays until then.
 * @throws Problem where the answer is no success, or the file cannot be written
 */
export async function saveDownload(send: Send, { path, destination }: Save, signal: AbortSignal): Promise<void> {
  const response = await send('GET', path, { signal })
  if (!response.ok || response.body === null) throw await problemOf(response)
  const partial = `${destination}.${randomUUID().slice(0, 8)}.part`
  try {
    await pipeline(Readable.from(response.body), createWriteStream(partial, { flags: 'wx' }), { signal })
    await rename(partial, destination)
  } catch (error) {
    await rm(partial, { force: true })
    if (signal.aborted) throw signal.reason
    const problem = diskProblem(error)
    if (problem instanceof Problem) throw problem
    throw new Problem('unexpected', `${destination} could not be written: ${reason(error)}.`, { cause: error })
  }
}

function reason(error: unknown): string {
  const code = errorCode(error) ?? ''
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'permission denied'
  if (code === 'ENOENT') return 'its folder does not exist'
  return error instanceof Error ? error.message : String(error)
}
